type WatchedJob = { id: string; status: string; updated_at: string }

/** Differs whenever one of the jobs moved; the page and its watcher compare it. */
export function jobsVersion(jobs: readonly WatchedJob[]): string {
  return jobs.map((job) => `${job.id} ${job.status} ${job.updated_at}`).join('\n')
}
