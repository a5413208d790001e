import type { Vault } from '#lib/connections/secrets.ts'
import type { Clock } from '#lib/platforms/contract.ts'
import type { Connectors } from '#lib/platforms/registry.ts'
import type { Log } from './log.ts'
import type { Mailer } from './mails/mailer.ts'
import type { LocalFiles } from './media/local-files.ts'
import type { MediaStorage } from './media/storage.ts'
import type { Records } from './records/records.ts'

/** Everything from outside that a task touches. Tests and the seeder pass their own clock and workers. */
export type Ports = {
  records: Records
  connectors: Connectors
  /** Seals what an exchange brings; opening is records.secrets. */
  vault: Vault
  storage: MediaStorage
  /** Videos on this machine's disk, read in parts. */
  files: LocalFiles
  mailer: Mailer
  clock: Clock
  log: Log
  /** The address mails come from; each brings its own name. */
  mailFrom: string
  /** Where links in mails lead. */
  siteUrl: string
  publishing: PublishingTimes
}

export type PublishingTimes = {
  /** How long one claim may work; after it another worker takes over. */
  leaseMs: number
  /** Well below the lease: the fence refuses a send that could outlive it. */
  httpTimeoutMs: number
  /** Multiplies the settle windows of the connectors; below 1 only against a sandbox. */
  settleScale: number
  /** How long after a send that got no answer it is looked for already; the end of the settle window decides. */
  earlyLooksMs: readonly number[]
}
