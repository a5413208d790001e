import { createTransport, type SendMailOptions } from 'nodemailer'

export type Mailer = {
  /** Rejects where the server did not take the mail. */
  deliver(message: SendMailOptions): Promise<void>
  close(): void
}

/** `from` is the address alone; each mail brings the name that stands before it. */
export function createMailer(smtpUrl: string): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  })
  return {
    async deliver(message) {
      await transport.sendMail(message)
    },
    close: () => transport.close(),
  }
}
