import 'server-only'
import { afterCursor, type Page, toPage } from '#lib/page.ts'
import type { Db } from '#lib/supabase/db.ts'
import { asJob, asJobState, type Job, type JobState, jobColumns, jobStateColumns } from './jobs.ts'
import { latestJobs } from './latest-jobs.ts'

// Other areas meet this one here alone.
export { asJobState, type Job, type JobState, jobStateColumns } from './jobs.ts'

/** Every job of a piece with its log, newest first. One request; for people with content.view. */
export async function listPostJobs(
  db: Db,
  { brandId, postId }: { brandId: string; postId: string },
): Promise<Job[]> {
  const { data } = await db
    .from('publish_jobs')
    .select(jobColumns)
    .eq('brand_id', brandId)
    .eq('content_id', postId)
    .order('created_at', { referencedTable: 'logs' })
    .order('created_at', { ascending: false })
    .order('id')
    .limit(100)
    .throwOnError()
  return data.map(asJob)
}

type OfBrands = { brandIds: readonly string[] }

/** States of what has not left yet. */
const QUEUED = ['pending', 'scheduled', 'processing', 'paused']

/** What waits to go out, first due first, through one account or all. One request a page. */
export async function listQueue(
  db: Db,
  {
    brandIds,
    account,
    after,
    limit = 50,
  }: OfBrands & { account?: string | undefined; after?: string | undefined; limit?: number },
): Promise<Page<JobState>> {
  let jobs = db
    .from('publish_jobs')
    .select(`${jobStateColumns}, piece:content_versions(title, number)`)
    .in('brand_id', brandIds)
    .in('status', QUEUED)
    .order('scheduled_for')
    .order('id')
    .limit(limit + 1)
  if (account) jobs = jobs.eq('connection_id', account)
  const beyond = afterCursor(['scheduled_for', 'id'], after)
  if (beyond) jobs = jobs.or(beyond)
  const { data } = await jobs.throwOnError()
  return toPage(
    data.map((row) => asJobState(row, row.piece)),
    limit,
    (job) => [job.scheduledFor, job.id],
  )
}

/** Beyond this many pieces the page says so. */
export const FAILED_LIMIT = 300

/**
 * What ended badly and still matters: of each account of a piece the job that counts. One request.
 * A piece that waits elsewhere may have failed here, but never before its time; what failed altogether is first.
 */
export async function listFailed(db: Db, { brandIds, now }: OfBrands & { now: Date }): Promise<JobState[]> {
  const { data } = await db
    .from('content_items')
    .select(
      `number, title, version, jobs:publish_jobs!publish_jobs_content_id_brand_id_fkey(${jobStateColumns})`,
    )
    .in('brand_id', brandIds)
    .in('status', ['failed', 'publishing', 'scheduled'])
    .lte('scheduled_for', now.toISOString())
    .order('created_at', { referencedTable: 'jobs', ascending: false })
    .order('status')
    .order('scheduled_for', { ascending: false })
    .order('id')
    .limit(FAILED_LIMIT)
    .throwOnError()
  return data
    .flatMap(({ jobs, version, ...piece }) =>
      latestJobs(jobs.filter((job) => job.version === version).map((row) => asJobState(row, piece))),
    )
    .filter(({ status }) => status === 'failed' || status === 'dlq')
}

/** Jobs whose answer got lost, with all that was tried. One request; there are few or none. */
export async function listUnknown(db: Db, { brandIds }: OfBrands): Promise<Job[]> {
  const { data } = await db
    .from('publish_jobs')
    .select(jobColumns)
    .in('brand_id', brandIds)
    .eq('status', 'outcome_unknown')
    .order('created_at', { referencedTable: 'logs' })
    .order('scheduled_for')
    .order('id')
    .limit(50)
    .throwOnError()
  return data.map(asJob)
}

/** What went out since a moment, newest first. One request. */
export async function listRecentlyOut(
  db: Db,
  { brandIds, since, limit = 30 }: OfBrands & { since: Date; limit?: number },
): Promise<JobState[]> {
  const { data } = await db
    .from('publish_jobs')
    .select(`${jobStateColumns}, piece:content_versions(title, number)`)
    .in('brand_id', brandIds)
    .eq('status', 'published')
    .gte('published_at', since.toISOString())
    .order('published_at', { ascending: false })
    .order('id')
    .limit(limit)
    .throwOnError()
  return data.map((row) => asJobState(row, row.piece))
}
