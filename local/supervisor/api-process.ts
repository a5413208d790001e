import path from 'node:path'
import { z } from 'zod'
import { smtpMailer } from '#local/api/mailer.ts'
import { startApi } from '#local/api/start.ts'
import { startMail } from '#local/mail/start.ts'
import { databaseUrl } from '#local/postgres/start.ts'

const given = z.object({
  folder: z.string(),
  ports: z.object({ api: z.number(), database: z.number(), inbox: z.number(), smtp: z.number() }),
  keys: z.object({ publishableKey: z.string(), secretKey: z.string(), jwtSecret: z.string() }),
  siteUrl: z.string(),
  mailFrom: z.string(),
})

/** The child process that is the Supabase API and the mail catcher. */
const { folder, ports, keys, siteUrl, mailFrom } = given.parse(JSON.parse(process.env.API_STACK ?? '{}'))
const mail = await startMail({ smtpPort: ports.smtp, webPort: ports.inbox })
const api = await startApi({
  databaseUrl: databaseUrl(ports.database, 'authenticator'),
  ownerUrl: databaseUrl(ports.database),
  port: ports.api,
  keys,
  siteUrl,
  storageFolder: path.join(folder, 'storage'),
  mailer: smtpMailer({ smtpUrl: mail.smtpUrl, from: mailFrom }),
})

process.once('SIGTERM', async () => {
  await Promise.all([api.stop(), mail.stop()])
  process.exit(0)
})

// A statement cut off by a restarting database rejects where nobody waits for it: log it and serve on.
process.on('unhandledRejection', (reason) => console.error('Unhandled:', reason))
