import { ButtonLink } from '#components/ui/button.tsx'
import type { JobState } from '#lib/publishing/jobs.ts'
import { remedyFor } from '#lib/publishing/remedy.ts'
import { RetryButton } from './retry-button.tsx'

type MendingProps = {
  job: Pick<JobState, 'id' | 'number' | 'account' | 'accountName' | 'errorCode'>
  brandSlug: string
  /** On the piece's own page there is no way to it. */
  isOwnPage?: boolean
  /** Why this person may not send again, and who may. */
  retryRefused: string | null
  /** Why this person may not connect accounts, and who may. */
  connectRefused: string | null
}

/** The ways out of a failure: what mends its cause first, sending again beside it. */
export function Mending({ job, brandSlug, isOwnPage = false, retryRefused, connectRefused }: MendingProps) {
  const remedy = remedyFor(job.errorCode, job.account)
  return (
    <div className="flex flex-wrap gap-1.5">
      {remedy === 'reconnect' && !connectRefused && (
        <ButtonLink size="sm" href={`/brands/${brandSlug}/connections`}>
          Connect it again
        </ButtonLink>
      )}
      {remedy === 'edit' && !isOwnPage && (
        <ButtonLink size="sm" href={`/brands/${brandSlug}/content/${job.number}`}>
          Change the post
        </ButtonLink>
      )}
      <RetryButton
        jobId={job.id}
        accountName={job.accountName}
        refused={
          retryRefused ??
          (remedy === 'reconnect' ? `${job.accountName} needs to be connected again first.` : null)
        }
      />
    </div>
  )
}
