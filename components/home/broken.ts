import type { HomeAccount, NeedyPiece } from '#lib/home/queries.ts'
import { latestJobs } from '#lib/publishing/latest-jobs.ts'
import type { JobState } from '#lib/publishing/queries.ts'
import { remedyFor } from '#lib/publishing/remedy.ts'

/** An account that lost its access, with the posts it failed, or one job that nothing else explains. */
export type BrokenThing =
  | { kind: 'account'; key: string; brandId: string; account: HomeAccount; failed: JobState[] }
  | { kind: 'job'; key: string; brandId: string; job: JobState }

/**
 * What is broken, the cause before what follows from it: a lost account takes the posts that it failed along,
 * for nothing mends them before the account. Then jobs, the one that should have gone out first is first.
 */
export function brokenThings(pieces: readonly NeedyPiece[], accounts: readonly HomeAccount[]): BrokenThing[] {
  const lost = new Map(
    accounts.filter(({ health }) => health === 'lost').map((account) => [account.id, account]),
  )
  const failedFor = new Map<string, JobState[]>()
  const jobs = pieces.flatMap((piece) =>
    endedJobs(piece).flatMap((job): BrokenThing[] => {
      if (job.status !== 'outcome_unknown' && lost.has(job.connectionId) && needsAccount(job)) {
        failedFor.set(job.connectionId, [...(failedFor.get(job.connectionId) ?? []), job])
        return []
      }
      return [{ kind: 'job', key: job.id, brandId: piece.brandId, job }]
    }),
  )
  return [
    ...[...lost.values()].map(
      (account): BrokenThing => ({
        kind: 'account',
        key: account.id,
        brandId: account.brandId,
        account,
        failed: failedFor.get(account.id) ?? [],
      }),
    ),
    ...jobs,
  ]
}

/** Of each account the newest job of the current version, where it ended badly or its end is not known. */
function endedJobs({ jobs, version }: NeedyPiece): JobState[] {
  return latestJobs(jobs.filter((job) => job.version === version)).filter(
    ({ status }) =>
      status === 'failed' || status === 'dlq' || status === 'outcome_unknown' || status === 'cancelled',
  )
}

function needsAccount(job: JobState): boolean {
  return remedyFor(job.errorCode, job.account) === 'reconnect'
}
