import Link from 'next/link'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { networkName } from '#components/status/network-name.ts'
import { Status } from '#components/status/status.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { ActRow } from '#components/ui/rule-list.tsx'
import { Time } from '#components/ui/time.tsx'
import type { JobState } from '#lib/publishing/queries.ts'
import { causeOf, theirWords } from './job-words.ts'
import { Mending } from './mending.tsx'
import type { Places } from './places.ts'
import { connectRefused, retryRefused } from './who-may.ts'

/** A failure with its cause, the network's own words, and what mends it. */
export function FailedPost({ job, places }: { job: JobState; places: Places }) {
  const brand = places.brands.get(job.brandId)
  if (!brand) return null
  return (
    <ActRow
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
        <Status status="failed">
          {job.status === 'dlq' ? `Given up after ${job.attempt} tries` : 'Failed'}
        </Status>
        {!places.isOne && (
          <BrandMark code={brand.code} colour={brand.primaryColor} name={brand.name} size="sm" />
        )}
        <Link href={`/brands/${brand.slug}/content/${job.number}`} className="font-bold text-ink">
          {job.title}
        </Link>
        <span className="flex items-center gap-1 text-ink-2">
          {isNetwork(job.network) && <NetworkGlyph network={job.network} />}
          {job.accountName}
        </span>
      </p>
      <p className="text-ink-2">
        <Time instant={job.scheduledFor} zone={places.zone} />. {causeOf(job)}
      </p>
      {theirWords(job) && (
        <p className="text-xs [overflow-wrap:anywhere] text-ink-3">
          In {networkName(job.network)}’s words: “{theirWords(job)}”
        </p>
      )}
    </ActRow>
  )
}
