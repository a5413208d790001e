import 'server-only'
import { z } from 'zod'
import { versionChannel } from '#lib/approvals/schema.ts'
import type { Db } from '#lib/supabase/db.ts'
import { type JobStatus, jobStatuses } from './schema.ts'

const jobColumns = `
  id, content_id, connection_id, network, status, version, content_digest, scheduled_for, published_at, permalink, lateness_ms,
  attempt_count, max_attempts, next_retry_at, last_error_code, last_error_message, next_look_at, created_at, updated_at,
  connection:connections(display_name, status, requires_reconnect, paused_at),
  piece:content_versions(title, number, body, channels, media),
  logs:publishing_logs(id, created_at, kind, status, step, error_code, error_message)
` as const

/** Every job of a piece with its log, newest first. One request; for people with content.view. */
export async function listPostJobs(
  db: Db,
  { brandId, postId }: { brandId: string; postId: string },
): Promise<Job[]> {
  const { data } = await jobsOf(db, brandId)
    .eq('content_id', postId)
    .order('created_at', { ascending: false })
    .order('id')
    .limit(100)
    .throwOnError()
  return data.map(asJob)
}

function jobsOf(db: Db, brandId: string) {
  return db
    .from('publish_jobs')
    .select(jobColumns)
    .eq('brand_id', brandId)
    .order('created_at', { referencedTable: 'logs' })
}

type JobRow = NonNullable<Awaited<ReturnType<typeof jobsOf>>['data']>[number]

export type JobLog = {
  id: string
  at: string
  kind: string
  status: string
  step: string | null
  code: string | null
  reason: string | null
}

/** The publishing of one piece to one account: what is known, and what was tried. */
export type Job = {
  id: string
  postId: string
  number: number
  title: string
  connectionId: string
  accountName: string
  network: string
  status: JobStatus
  /** What holds the account back, if anything: then sending again would fail again. */
  account: 'usable' | 'reconnect' | 'disconnected' | 'paused'
  version: number
  digest: string
  text: string
  pictures: number
  scheduledFor: string
  publishedAt: string | null
  permalink: string | null
  latenessMs: number | null
  attempt: number
  maxAttempts: number
  nextRetryAt: string | null
  errorCode: string | null
  /** The network's own words, scrubbed. */
  errorReason: string | null
  nextLookAt: string | null
  updatedAt: string
  logs: JobLog[]
}

function asJob(row: JobRow): Job {
  const { connection, piece } = row
  const ownText = z
    .array(versionChannel)
    .parse(piece.channels)
    .find((channel) => channel.connection_id === row.connection_id)?.body
  return {
    id: row.id,
    postId: row.content_id,
    number: piece.number,
    title: piece.title ?? 'Untitled',
    connectionId: row.connection_id,
    accountName: connection.display_name,
    network: row.network,
    status: jobStatuses.find((status) => status === row.status) ?? 'scheduled',
    account: accountState(connection),
    version: row.version,
    digest: row.content_digest,
    text: ownText ?? piece.body,
    pictures: Array.isArray(piece.media) ? piece.media.length : 0,
    scheduledFor: row.scheduled_for,
    publishedAt: row.published_at,
    permalink: row.permalink,
    latenessMs: row.lateness_ms,
    attempt: row.attempt_count,
    maxAttempts: row.max_attempts,
    nextRetryAt: row.next_retry_at,
    errorCode: row.last_error_code,
    errorReason: row.last_error_message,
    nextLookAt: row.next_look_at,
    updatedAt: row.updated_at,
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

/** What holds an account back, in the order that matters to whoever mends it. */
export function accountState(connection: JobRow['connection']): Job['account'] {
  if (connection.status === 'disconnected') return 'disconnected'
  if (connection.requires_reconnect || connection.status === 'suspended') return 'reconnect'
  return connection.paused_at ? 'paused' : 'usable'
}
