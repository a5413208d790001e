import { once } from 'node:events'
import { createCatcher } from './catcher.ts'
import { createInbox } from './inbox.ts'
import { Mailbox } from './mailbox.ts'

export type Mail = { smtpUrl: string; url: string; stop(): Promise<void> }

/** Catches mail on one port and shows it on another; 0 takes a free port. */
export async function startMail({ smtpPort, webPort }: { smtpPort: number; webPort: number }): Promise<Mail> {
  const mailbox = new Mailbox()
  const catcher = createCatcher(mailbox)
  const inbox = createInbox(mailbox)
  const smtp = catcher.listen(smtpPort, '127.0.0.1')
  inbox.listen(webPort, '127.0.0.1')
  await Promise.all([once(smtp, 'listening'), once(inbox, 'listening')])
  return {
    smtpUrl: `smtp://127.0.0.1:${portOf(smtp.address())}`,
    url: `http://127.0.0.1:${portOf(inbox.address())}`,
    async stop() {
      inbox.closeAllConnections()
      await Promise.all([
        new Promise<void>((resolve) => catcher.close(resolve)),
        new Promise((resolve) => inbox.close(resolve)),
      ])
    },
  }
}

function portOf(address: ReturnType<ReturnType<typeof createInbox>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('The mail catcher listens on no port.')
  return address.port
}
