import type { JobState } from './jobs.ts'

/**
 * The job that counts for each account: its newest. One that was cancelled because the piece went back to
 * its author says nothing any more; one that was stopped by a broken seal does.
 * @param jobs of one piece, newest first
 */
export function latestJobs<State extends JobState>(jobs: readonly State[]): State[] {
  const seen = new Set<string>()
  return jobs
    .filter((job) => !seen.has(job.connectionId) && seen.add(job.connectionId))
    .filter((job) => job.status !== 'cancelled' || job.errorCode !== null)
    .sort((one, other) => one.accountName.localeCompare(other.accountName, 'en-GB'))
}
