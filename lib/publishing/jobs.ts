import 'server-only'
import { z } from 'zod'
import { versionChannel } from '#lib/approvals/schema.ts'
import type { Tables } from '#lib/supabase/db.ts'
import { type JobStatus, jobStatuses, type PauseScope } from './schema.ts'

type JobTable = Tables<'publish_jobs'>

/** How a job stands: enough for lists. */
export const jobStateColumns = `
  id, brand_id, content_id, connection_id, network, status, version, scheduled_for, published_at, permalink, lateness_ms,
  attempt_count, next_retry_at, last_error_code, last_error_message, next_look_at, created_at, updated_at,
  connection:connections(
    display_name, status, requires_reconnect, paused_at,
    brand:brands!connections_brand_id_tenant_id_fkey(paused_at, tenant:tenants!brands_tenant_id_fkey(paused_at))
  )
` as const

/** The same with what was sent and everything tried: for a piece's own page and for answers that got lost. */
export const jobColumns = `
  ${jobStateColumns}, content_digest,
  piece:content_versions(title, number, body, channels, media),
  logs:publishing_logs(id, created_at, kind, status, step, error_code, error_message)
` as const

export type JobStateRow = Pick<
  JobTable,
  | 'id'
  | 'brand_id'
  | 'content_id'
  | 'connection_id'
  | 'network'
  | 'status'
  | 'version'
  | 'scheduled_for'
  | 'published_at'
  | 'permalink'
  | 'lateness_ms'
  | 'attempt_count'
  | 'next_retry_at'
  | 'last_error_code'
  | 'last_error_message'
  | 'next_look_at'
  | 'created_at'
  | 'updated_at'
> & {
  connection: Pick<Tables<'connections'>, 'display_name' | 'status' | 'requires_reconnect' | 'paused_at'> & {
    brand: { paused_at: string | null; tenant: { paused_at: string | null } | null } | null
  }
}

export type JobRow = JobStateRow &
  Pick<JobTable, 'content_digest'> & {
    piece: Pick<Tables<'content_versions'>, 'title' | 'number' | 'body' | 'channels' | 'media'>
    logs: Pick<
      Tables<'publishing_logs'>,
      'id' | 'created_at' | 'kind' | 'status' | 'step' | 'error_code' | 'error_message'
    >[]
  }

/** The publishing of one piece to one account, as far as lists need it. */
export type JobState = {
  id: string
  brandId: string
  postId: string
  number: number
  title: string
  connectionId: string
  accountName: string
  network: string
  status: JobStatus
  /** What holds the account back, if anything: then sending again would fail again. */
  account: 'usable' | 'reconnect' | 'disconnected' | 'paused'
  /** The widest switch that is off over it. */
  pausedBy: PauseScope | null
  version: number
  scheduledFor: string
  publishedAt: string | null
  permalink: string | null
  latenessMs: number | null
  attempt: number
  nextRetryAt: string | null
  errorCode: string | null
  /** The network's own words, scrubbed. */
  errorReason: string | null
  nextLookAt: string | null
  createdAt: string
  updatedAt: string
}

export type JobLog = {
  id: string
  at: string
  kind: string
  status: string
  step: string | null
  code: string | null
  reason: string | null
}

/** The same, with what was sent and everything that was tried. */
export type Job = JobState & { digest: string; text: string; pictures: number; logs: JobLog[] }

export function asJobState(row: JobStateRow, piece: { number: number; title: string | null }): JobState {
  return {
    id: row.id,
    brandId: row.brand_id,
    postId: row.content_id,
    number: piece.number,
    title: piece.title ?? 'Untitled',
    connectionId: row.connection_id,
    accountName: row.connection.display_name,
    network: row.network,
    status: jobStatuses.find((status) => status === row.status) ?? 'scheduled',
    account: accountState(row.connection),
    pausedBy: pauseOf(row.connection),
    version: row.version,
    scheduledFor: row.scheduled_for,
    publishedAt: row.published_at,
    permalink: row.permalink,
    latenessMs: row.lateness_ms,
    attempt: row.attempt_count,
    nextRetryAt: row.next_retry_at,
    errorCode: row.last_error_code,
    errorReason: row.last_error_message,
    nextLookAt: row.next_look_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

export function asJob(row: JobRow): Job {
  const { piece } = row
  const ownText = z
    .array(versionChannel)
    .parse(piece.channels)
    .find((channel) => channel.connection_id === row.connection_id)?.body
  return {
    ...asJobState(row, piece),
    digest: row.content_digest,
    text: ownText ?? piece.body,
    pictures: Array.isArray(piece.media) ? piece.media.length : 0,
    logs: row.logs.map((log) => ({
      id: log.id,
      at: log.created_at,
      kind: log.kind,
      status: log.status,
      step: log.step,
      code: log.error_code,
      reason: log.error_message,
    })),
  }
}

/** What an account's own row says about sending through it. */
export function accountState(connection: JobStateRow['connection']): JobState['account'] {
  if (connection.status === 'disconnected') return 'disconnected'
  if (connection.requires_reconnect || connection.status === 'suspended') return 'reconnect'
  return connection.paused_at ? 'paused' : 'usable'
}

function pauseOf({ paused_at, brand }: JobStateRow['connection']): PauseScope | null {
  if (brand?.tenant?.paused_at) return 'tenant'
  if (brand?.paused_at) return 'brand'
  return paused_at ? 'connection' : null
}
