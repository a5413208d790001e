import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { networkName } from '#components/status/network-name.ts'
import { Status } from '#components/status/status.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { RuleRow } from '#components/ui/rule-list.tsx'
import type { JobState } from '#lib/publishing/jobs.ts'
import { jobWords, theirWords } from './job-words.ts'
import { Mending } from './mending.tsx'

type JobLineProps = {
  job: JobState
  zone: string
  brandSlug: string
  /** Why this person may not send again, and who may. */
  retryRefused: string | null
  /** Why this person may not connect accounts, and who may. */
  connectRefused: string | null
}

/** One account of a piece: state, when, where it stands, and what mends it. */
export function JobLine({ job, zone, brandSlug, retryRefused, connectRefused }: JobLineProps) {
  const { status, word, note } = jobWords(job, zone)
  const hasEnded = job.status === 'failed' || job.status === 'dlq'
  return (
    <RuleRow className="flex-wrap items-start!">
      {isNetwork(job.network) && <NetworkGlyph network={job.network} className="mt-0.5" />}
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-mid">{job.accountName}</span>
          <Status status={status}>{word}</Status>
        </p>
        {note && <p className="text-ink-2">{note}</p>}
        {hasEnded && theirWords(job) && (
          <p className="text-xs [overflow-wrap:anywhere] text-ink-3">
            In {networkName(job.network)}’s words: “{theirWords(job)}”
          </p>
        )}
        {job.permalink && (
          <p>
            <a href={job.permalink} target="_blank" rel="noreferrer">
              See it on {networkName(job.network)}
            </a>
          </p>
        )}
      </div>
      {job.status === 'scheduled' && job.account === 'reconnect' && !connectRefused && (
        <ButtonLink size="sm" href={`/brands/${brandSlug}/connections`}>
          Connect it again
        </ButtonLink>
      )}
      {hasEnded && (
        <Mending
          job={job}
          brandSlug={brandSlug}
          isOwnPage
          retryRefused={retryRefused}
          connectRefused={connectRefused}
        />
      )}
    </RuleRow>
  )
}
