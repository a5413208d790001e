import 'server-only'
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

/** Beyond this many the page says so. */
export const QUEUE_LIMIT = 300

/**
 * What is planned, under way or broken: the job that counts for each account of each such piece, in the order
 * of their times. One request.
 */
export async function listQueue(db: Db, { brandId }: { brandId: string }): Promise<JobState[]> {
  const { data } = await db
    .from('content_items')
    .select(`number, title, jobs:publish_jobs(${jobStateColumns})`)
    .eq('brand_id', brandId)
    .in('status', ['scheduled', 'publishing', 'failed'])
    .order('created_at', { referencedTable: 'jobs', ascending: false })
    .order('scheduled_for')
    .order('id')
    .limit(QUEUE_LIMIT)
    .throwOnError()
  return data
    .flatMap(({ jobs, ...piece }) => latestJobs(jobs.map((row) => asJobState(row, piece))))
    .sort((one, other) => Date.parse(one.scheduledFor) - Date.parse(other.scheduledFor))
}

/** Jobs whose answer got lost, with all that was tried. One request; there are few or none. */
export async function listUnknown(db: Db, { brandId }: { brandId: string }): Promise<Job[]> {
  const { data } = await db
    .from('publish_jobs')
    .select(jobColumns)
    .eq('brand_id', brandId)
    .eq('status', 'outcome_unknown')
    .order('created_at', { referencedTable: 'logs' })
    .order('scheduled_for')
    .order('id')
    .limit(50)
    .throwOnError()
  return data.map(asJob)
}

/** What went out since a moment, newest first, at most 200. One request. */
export async function listRecentlyOut(
  db: Db,
  { brandId, since }: { brandId: string; since: string },
): Promise<JobState[]> {
  const { data } = await db
    .from('publish_jobs')
    .select(`${jobStateColumns}, piece:content_versions(title, number)`)
    .eq('brand_id', brandId)
    .eq('status', 'published')
    .gte('published_at', since)
    .order('published_at', { ascending: false })
    .order('id')
    .limit(200)
    .throwOnError()
  return data.map((row) => asJobState(row, row.piece))
}
