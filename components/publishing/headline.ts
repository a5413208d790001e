import { leadingNumberWord, numberWord } from '#lib/number-words.ts'
import type { JobState } from '#lib/publishing/queries.ts'

type Counted = Pick<JobState, 'status' | 'scheduledFor' | 'nextRetryAt' | 'pausedBy'>

/** "Two posts failed, one has no answer", "The queue is on time": the state of the machinery as a sentence. */
export function publishingTitle(jobs: readonly Counted[], now: Date): string {
  const failed = jobs.filter(({ status }) => status === 'failed' || status === 'dlq').length
  const unknown = jobs.filter(({ status }) => status === 'outcome_unknown').length
  const late = jobs.filter((job) => isLate(job, now)).length
  if (failed > 0 && unknown > 0) {
    return `${leadingNumberWord(failed)} failed, ${numberWord(unknown)} ${unknown === 1 ? 'has' : 'have'} no answer yet`
  }
  if (failed > 0) return failed === 1 ? 'One post failed' : `${leadingNumberWord(failed)} posts failed`
  if (unknown > 0) {
    return unknown === 1
      ? 'One post has no answer yet'
      : `${leadingNumberWord(unknown)} posts have no answer yet`
  }
  if (late > 0) return late === 1 ? 'One post is late' : `${leadingNumberWord(late)} posts are late`
  return jobs.length === 0 ? 'Nothing is in the queue' : 'The queue is on time'
}

/** Past its minute, and neither on its way, nor paused, nor waiting for another try. */
const LATE_MS = 60_000

export function isLate({ status, scheduledFor, nextRetryAt, pausedBy }: Counted, now: Date): boolean {
  return (
    status === 'scheduled' && !nextRetryAt && !pausedBy && now.getTime() - Date.parse(scheduledFor) > LATE_MS
  )
}
