import { createTransport } from 'nodemailer'

export type AuthMail = { to: string; subject: string; html: string }
export type Mailer = { send(mail: AuthMail): Promise<void> }

/** Sends what Supabase Auth mails; like the hosted one it sends HTML alone. */
export function smtpMailer({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer {
  const transport = createTransport(smtpUrl)
  return {
    async send({ to, subject, html }) {
      await transport.sendMail({ from, to, subject, html })
    },
  }
}
