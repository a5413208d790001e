import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Mailbox } from './mailbox.ts'

/** Takes every mail from this machine and delivers none. */
export function createCatcher(mailbox: Mailbox): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => done(null, { user: 'anyone' }),
    onData(stream, session, done) {
      simpleParser(stream).then((parsed) => {
        mailbox.add({
          from: parsed.from?.text ?? '',
          to: session.envelope.rcptTo.map(({ address }) => address.toLowerCase()),
          subject: parsed.subject ?? '',
          text: parsed.text ?? '',
          html: parsed.html || null,
          attachments: parsed.attachments.map(({ filename, contentType, size }) => ({
            filename: filename ?? 'unnamed',
            type: contentType,
            sizeBytes: size,
          })),
        })
        done()
      }, done)
    },
  })
}
