import Link from 'next/link'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { networkName } from '#components/status/network-name.ts'
import { Status } from '#components/status/status.tsx'
import { ActRow, RuleList } from '#components/ui/rule-list.tsx'
import { Time } from '#components/ui/time.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import type { JobState } from '#lib/publishing/queries.ts'
import { causeOf, theirWords } from './job-words.ts'
import { Mending } from './mending.tsx'
import { connectRefused, retryRefused } from './who-may.ts'

/** Failures with their cause, the network's own words, and what mends each. */
export function FailedList({ brand, jobs }: { brand: Brand; jobs: readonly JobState[] }) {
  return (
    <RuleList aria-label="Failed">
      {jobs.map((job) => (
        <ActRow
          key={job.id}
          className="gap-y-2 md:grid-cols-1!"
          actions={
            <Mending
              job={job}
              brandSlug={brand.slug}
              retryRefused={retryRefused(brand)}
              connectRefused={connectRefused(brand)}
            />
          }
        >
          <p className="flex flex-wrap items-center gap-x-2">
            <Status status="failed">{job.status === 'dlq' ? 'Given up' : 'Failed'}</Status>
            <Link href={`/brands/${brand.slug}/content/${job.number}`} className="font-bold text-ink">
              {job.title}
            </Link>
            <span className="flex items-center gap-1 text-ink-2">
              {isNetwork(job.network) && <NetworkGlyph network={job.network} />}
              {job.accountName}
            </span>
          </p>
          <p className="text-ink-2">
            <Time instant={job.scheduledFor} zone={brand.timeZone} />. {causeOf(job)}
          </p>
          {theirWords(job) && (
            <p className="text-xs [overflow-wrap:anywhere] text-ink-3">
              In {networkName(job.network)}’s words: “{theirWords(job)}”
            </p>
          )}
        </ActRow>
      ))}
    </RuleList>
  )
}
