import type { JobState } from './jobs.ts'
import { type Remedy, remedyFor } from './remedy.ts'

/** Failures that one cause explains; where it is a lost account, one remedy mends them all. */
export type FailureGroup = { key: string; remedy: Remedy; first: JobState; jobs: JobState[] }

/**
 * A lost account takes all it failed along, whatever each was told; what must be changed is each its own; else
 * what one network says of one brand belongs together. Most first.
 */
export function groupFailures(jobs: readonly JobState[]): FailureGroup[] {
  const groups = new Map<string, FailureGroup>()
  for (const job of jobs) {
    const remedy = remedyFor(job.errorCode, job.account)
    const key = keyOf(job, remedy)
    const group = groups.get(key)
    if (group) group.jobs.push(job)
    else groups.set(key, { key, remedy, first: job, jobs: [job] })
  }
  return [...groups.values()].sort((one, other) => other.jobs.length - one.jobs.length)
}

function keyOf(job: JobState, remedy: Remedy): string {
  if (remedy === 'reconnect') return `account ${job.connectionId}`
  if (remedy === 'edit') return `job ${job.id}`
  return ['cause', job.brandId, job.connectionId, job.errorCode].join(' ')
}
