import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { type ApiKeys, newApiKeys } from '#local/api/keys.ts'
import { smtpMailer } from '#local/api/mailer.ts'
import { startApi } from '#local/api/start.ts'
import { startMail } from '#local/mail/start.ts'
import { databaseUrl, superuser } from '#local/postgres/start.ts'

/** What tests talk to, whether it is one file's own or the run's whole stack. */
export type Backend = {
  api: { url: string } & Pick<ApiKeys, 'publishableKey' | 'secretKey'>
  /** Of role `postgres`. */
  databaseUrl: string
  siteUrl: string
  inboxUrl: string
  smtpUrl: string
}

/** A site that no process serves: these tests go to the API themselves. */
const siteUrl = 'http://127.0.0.1:3000'

/** A database of its own, cloned from the run's template, with API and mail in this process: 0.2 s. */
export async function openBackend(port: number): Promise<{ backend: Backend; close(): Promise<void> }> {
  const name = `tests_${process.pid}_${Date.now()}`
  const admin = postgres(databaseUrl(port, superuser, 'template1'), { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name} template postgres owner postgres`)

  const keys = newApiKeys()
  const storageFolder = mkdtempSync(path.join(tmpdir(), 'copydesk-storage-'))
  const mail = await startMail({ smtpPort: 0, webPort: 0 })
  const api = await startApi({
    databaseUrl: databaseUrl(port, 'authenticator', name),
    ownerUrl: databaseUrl(port, 'postgres', name),
    port: 0,
    keys,
    siteUrl,
    storageFolder,
    mailer: smtpMailer({ smtpUrl: mail.smtpUrl, from: 'Copydesk <desk@copydesk.example>' }),
  })
  return {
    backend: {
      api: { url: api.url, publishableKey: keys.publishableKey, secretKey: keys.secretKey },
      databaseUrl: databaseUrl(port, 'postgres', name),
      siteUrl,
      inboxUrl: mail.url,
      smtpUrl: mail.smtpUrl,
    },
    async close() {
      await Promise.all([api.stop(), mail.stop()])
      // With force: a worker that a test killed may have left its connections.
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
      rmSync(storageFolder, { recursive: true, force: true })
    },
  }
}
