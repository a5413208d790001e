import type { Vault } from '#lib/connections/secrets.ts'
import { type BrandRecords, createBrandRecords } from './brands.ts'
import { createEmails, type Emails } from './emails.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { createMediaRecords, type MediaRecords } from './media.ts'
import { createOauthRecords, type OauthRecords } from './oauth.ts'
import { patiently } from './patience.ts'
import { createPermalinks, type Permalinks } from './permalinks.ts'
import { createSecrets, type Secrets } from './secrets.ts'
import type { Sql } from './sql.ts'
import { createUpkeep, type Upkeep } from './upkeep.ts'

/** What the worker reads and writes, each by one SQL function, on one connection pool. */
export type Records = {
  jobs: Jobs
  emails: Emails
  media: MediaRecords
  brands: BrandRecords
  oauth: OauthRecords
  permalinks: Permalinks
  secrets: Secrets
  upkeep: Upkeep
}

export function createRecords(sql: Sql, vault: Vault): Records {
  const jobs = createJobs(sql)
  return {
    // Filed under a fence, so that a second time changes nothing.
    jobs: { ...jobs, recordResult: patiently(jobs.recordResult), recordLook: patiently(jobs.recordLook) },
    emails: createEmails(sql),
    media: createMediaRecords(sql),
    brands: createBrandRecords(sql),
    oauth: createOauthRecords(sql),
    permalinks: createPermalinks(sql),
    secrets: createSecrets(sql, vault),
    upkeep: createUpkeep(sql),
  }
}
