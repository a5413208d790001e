import { createVault, parseSecretsKeys } from '#lib/connections/secrets.ts'
import { createPlatformHttp } from '#lib/platforms/http.ts'
import { createConnectors } from '#lib/platforms/registry.ts'
import type { WorkerEnvironment } from './environment.ts'
import type { Log } from './log.ts'
import { createMailer } from './mails/mailer.ts'
import { createLocalFiles } from './media/local-files.ts'
import { createMediaStorage } from './media/storage.ts'
import type { Ports, PublishingTimes } from './ports.ts'
import { createRecords } from './records/records.ts'
import type { Sql } from './records/sql.ts'

/** The ports as they are in a running worker. Whoever needs another clock or mailer replaces that one. */
export function assemblePorts(environment: WorkerEnvironment, sql: Sql, log: Log): Ports {
  const clock = { now: () => new Date() }
  const vault = createVault(parseSecretsKeys(environment.SECRETS_KEYS))
  const publishing = publishingTimes(environment)
  const http = createPlatformHttp({
    gateway: environment.PLATFORM_GATEWAY,
    observe: (call) => log.info({ call }, 'platform called'),
  })
  const storage = createMediaStorage({
    url: environment.SUPABASE_URL,
    secretKey: environment.SUPABASE_SECRET_KEY,
    timeoutMs: publishing.httpTimeoutMs,
  })
  return {
    records: createRecords(sql, vault),
    connectors: createConnectors({
      apps: { meta: { id: environment.META_APP_ID, secret: environment.META_APP_SECRET } },
      http,
      clock,
    }),
    vault,
    storage,
    files: createLocalFiles(storage),
    mailer: createMailer(environment.SMTP_URL),
    clock,
    log,
    mailFrom: environment.MAIL_FROM,
    siteUrl: environment.SITE_URL,
    publishing,
  }
}

/** Most lost answers were accepted, and stand in the lists within seconds. */
const EARLY_LOOKS_MS = [15_000, 60_000]
const MAX_HTTP_TIMEOUT_MS = 10_000

/** A claim must be able to read a picture, stage it and publish it within one lease. */
function publishingTimes(environment: WorkerEnvironment): PublishingTimes {
  const leaseMs = environment.PUBLISH_LEASE_MS
  return {
    leaseMs,
    httpTimeoutMs: Math.min(MAX_HTTP_TIMEOUT_MS, Math.floor(leaseMs / 3)),
    settleScale: environment.PUBLISH_SETTLE_SCALE,
    earlyLooksMs: EARLY_LOOKS_MS.map((ms) => Math.ceil(ms * environment.PUBLISH_SETTLE_SCALE)),
  }
}
