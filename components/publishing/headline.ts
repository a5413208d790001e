import { leadingNumberWord, numberWord } from '#lib/number-words.ts'
import type { JobState } from '#lib/publishing/queries.ts'

type Counted = Pick<JobState, 'status' | 'scheduledFor' | 'nextRetryAt' | 'pausedBy' | 'account'>

export type Machinery = {
  /** The widest switch that is off, in words: "Publishing", "Oat & Ember". */
  paused: string | null
  /** How many workers live; null: this person is not told. */
  workers: number | null
  /** Past their moment on all pages of the queue together; null: this person is not told. */
  due: number | null
}

/**
 * "Publishing is paused", "Two posts failed, one has no answer", "The queue is on time": the state of the machinery
 * as a sentence. What stops everything comes before what stops one post.
 */
export function publishingTitle(jobs: readonly Counted[], now: Date, machinery: Machinery): string {
  const { paused, workers, due } = machinery
  if (paused !== null) return `${paused} is paused`
  const waits = jobs.some(({ status }) => status === 'scheduled' || status === 'processing')
  if (workers === 0 && (waits || (due ?? 0) > 0)) return 'Nothing leaves: no worker is running'

  const failed = jobs.filter(({ status }) => status === 'failed' || status === 'dlq').length
  const unknown = jobs.filter(({ status }) => status === 'outcome_unknown').length
  if (failed > 0 && unknown > 0) {
    return `${leadingNumberWord(failed)} failed, ${numberWord(unknown)} ${unknown === 1 ? 'has' : 'have'} no answer yet`
  }
  if (failed > 0) return failed === 1 ? 'One post failed' : `${leadingNumberWord(failed)} posts failed`
  if (unknown > 0) {
    return unknown === 1
      ? 'One post has no answer yet'
      : `${leadingNumberWord(unknown)} posts have no answer yet`
  }
  return queueTitle(jobs, now, due)
}

function queueTitle(jobs: readonly Counted[], now: Date, due: number | null): string {
  const standing = jobs.filter((job) => isPast(job, now) && job.account === 'reconnect').length
  if (standing > 0) {
    return standing === 1
      ? 'One post waits for its account'
      : `${leadingNumberWord(standing)} posts wait for their accounts`
  }
  const seen = jobs.filter((job) => isLate(job, now)).length
  // A page that is late from its first row to its last is followed by more.
  const late = seen > 0 && seen === jobs.length ? Math.max(seen, due ?? 0) : seen
  if (late > 0) return late === 1 ? 'One post is late' : `${leadingNumberWord(late)} posts are late`
  if (jobs.length === 0) return 'Nothing is in the queue'
  return jobs.every(({ pausedBy, status }) => pausedBy !== null || status === 'paused')
    ? 'All that waits is paused'
    : 'The queue is on time'
}

/** Past its minute. */
const LATE_MS = 60_000

function isPast({ status, scheduledFor }: Counted, now: Date): boolean {
  return status === 'scheduled' && now.getTime() - Date.parse(scheduledFor) > LATE_MS
}

/** And neither on its way, nor paused, nor waiting for its account or another try. */
export function isLate(job: Counted, now: Date): boolean {
  return isPast(job, now) && !job.nextRetryAt && !job.pausedBy && job.account !== 'reconnect'
}
