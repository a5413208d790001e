/** States in which a job can move by itself. */
export const OPEN_STATUSES = ['pending', 'scheduled', 'processing', 'outcome_unknown', 'paused']

/** Differs whenever a job that is not settled yet moved, came or went; the page and its watcher compare it. */
export function jobsVersion(jobs: readonly { id: string; status: string; updatedAt: string }[]): string {
  return jobs
    .filter(({ status }) => OPEN_STATUSES.includes(status))
    .map((job) => `${job.id} ${job.status} ${job.updatedAt}`)
    .sort()
    .join('\n')
}
