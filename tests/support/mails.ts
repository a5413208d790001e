import { z } from 'zod'
import type { Mail } from '#local/mail/mailbox.ts'
import { until } from './until.ts'

const mails = z.array(z.custom<Mail>())

export type Mails = {
  /** Everything caught for an address, newest first. */
  to(email: string): Promise<Mail[]>
  /** Waits for a mail to the address, with those words in its subject if any are given. */
  next(email: string, subject?: string): Promise<Mail>
}

export function mailsOf(inboxUrl: string): Mails {
  const to = async (email: string) => {
    const response = await fetch(`${inboxUrl}/api/mails?to=${encodeURIComponent(email)}`)
    return mails.parse(await response.json())
  }
  return {
    to,
    next: (email, subject = '') =>
      until(`a mail to ${email} about "${subject}"`, async () => {
        return (await to(email)).find((mail) => mail.subject.includes(subject))
      }),
  }
}

/** The address behind the mail's first link that leads to the desk. */
export function linkIn(mail: Mail, siteUrl: string): string {
  const links = [...(mail.html ?? mail.text).matchAll(/https?:\/\/[^\s"<>\]]+/g)].map(([link]) => link)
  const link = links.find((candidate) => candidate.startsWith(siteUrl))
  if (!link) throw new Error(`No link to the desk in "${mail.subject}".`)
  return link.replaceAll('&amp;', '&')
}
