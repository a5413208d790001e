import type { PostStatus } from '#components/status/post-status.ts'
import { sentenceFor } from '#lib/errors.ts'
import type { JobState } from '#lib/publishing/jobs.ts'
import { latenessWords } from '#lib/publishing/lateness.ts'
import { formatInstant } from '#lib/time/format.ts'

export type JobWords = { status: PostStatus; word: string; note?: string }

/** A job's state as people say it, in the brand's zone. */
export function jobWords(job: JobState, zone: string): JobWords {
  const at = (instant: string, form: 'day-time' | 'day-seconds' = 'day-time') =>
    formatInstant(instant, zone, form)
  const cause = job.errorCode ? causeOf(job) : undefined
  switch (job.status) {
    case 'published':
      return {
        status: 'published',
        word: `Published ${at(job.publishedAt ?? job.updatedAt, 'day-seconds')}`,
        ...(job.latenessMs !== null && { note: latenessWords(job.latenessMs) }),
      }
    case 'processing':
      return { status: 'publishing', word: 'Sending now' }
    case 'outcome_unknown':
      return { status: 'outcome_unknown', word: 'Outcome unknown' }
    case 'failed':
      return { status: 'failed', word: 'Failed', ...(cause && { note: cause }) }
    case 'dlq':
      return { status: 'failed', word: `Given up after ${job.attempt} tries`, ...(cause && { note: cause }) }
    case 'paused':
      return {
        status: 'scheduled',
        word: 'On hold',
        note: 'The client holds it. It does not go out until they let it go.',
      }
    case 'cancelled':
      return { status: 'archived', word: 'Not sent', ...(cause && { note: cause }) }
    case 'pending':
    case 'scheduled':
      if (job.pausedBy) return { status: 'scheduled', word: 'Paused', note: pauseWords(job) }
      if (job.account === 'reconnect')
        return { status: 'scheduled', word: 'Waits for its account', note: standsFor(job) }
      if (job.nextRetryAt)
        return {
          status: 'publishing',
          word: `Trying again ${at(job.nextRetryAt, 'day-seconds')}`,
          ...(cause && { note: cause }),
        }
      return { status: 'scheduled', word: `Goes out ${at(job.scheduledFor)}` }
  }
}

type Told = Pick<JobState, 'network' | 'accountName' | 'errorCode' | 'errorReason'>

/** Why it stands where it stands; a job given up tells the reason of its last try beside. */
export function causeOf(job: Told): string {
  return sentenceFor(job.errorCode ?? 'unexpected', factsOf(job))
}

function factsOf(job: Told) {
  return { network: job.network, account_name: job.accountName, reason: job.errorReason }
}

/** The network's own words, where the cause does not quote them already. */
export function theirWords(job: Told): string | null {
  return job.errorReason && !causeOf(job).includes(job.errorReason) ? job.errorReason : null
}

/** The reason where the network gave one, and in any case that nothing is lost. */
function standsFor(job: Told): string {
  return job.errorCode ? causeOf(job) : sentenceFor('connection_attention', { account_name: job.accountName })
}

/** What holds it back, and what lets it go. */
function pauseWords({ pausedBy, accountName }: Pick<JobState, 'pausedBy' | 'accountName'>): string {
  if (pausedBy === 'tenant') return 'Publishing is paused for every brand. It leaves once that is lifted.'
  if (pausedBy === 'brand') return 'Publishing of this brand is paused. It leaves once that is lifted.'
  return `${accountName} is paused. It leaves once the account runs again.`
}
