import Link from 'next/link'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { Status } from '#components/status/status.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import type { JobState } from '#lib/publishing/queries.ts'
import { isLate } from './headline.ts'
import { jobWords } from './job-words.ts'
import type { Places } from './places.ts'

type QueueTableProps = { places: Places; jobs: readonly JobState[]; now: Date }

/** What goes out next, account by account. */
export function QueueTable({ places, jobs, now }: QueueTableProps) {
  return (
    <Table caption="Posts that go out next">
      <thead className="max-md:sr-only">
        <tr>
          <Th className="max-md:hidden">Time</Th>
          <Th>Piece</Th>
          <Th>To</Th>
          <Th className="max-md:hidden">State</Th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => {
          const { status, word, note } = jobWords(job, places.zone)
          const brand = places.brands.get(job.brandId)
          if (!brand) return null
          const state = (
            <Status status={status}>
              {isLate(job, now) ? 'Late' : word.startsWith('Goes out') ? 'Sealed, ready' : word}
            </Status>
          )
          return (
            <tr key={job.id}>
              <Td className="num whitespace-nowrap max-md:hidden">
                <Time instant={job.scheduledFor} zone={places.zone} />
                <Soon job={job} now={now} />
              </Td>
              <Td className="w-full max-w-0 py-1.5 max-md:pl-0">
                <Link
                  href={`/brands/${brand.slug}/content/${job.number}`}
                  className="flex items-center gap-2"
                >
                  {!places.isOne && (
                    <BrandMark code={brand.code} colour={brand.primaryColor} name={brand.name} size="sm" />
                  )}
                  <span className="truncate">{job.title}</span>
                </Link>
                <p className="num flex flex-wrap items-center gap-x-2 text-xs text-ink-2 md:hidden">
                  <span>
                    <Time instant={job.scheduledFor} zone={places.zone} />
                    <Soon job={job} now={now} />
                  </span>
                  {state}
                </p>
                {(job.nextRetryAt || job.pausedBy === 'connection') && note && (
                  <p className="text-xs text-ink-3">{note}</p>
                )}
              </Td>
              <Td>
                <span className="flex items-center gap-1.5 whitespace-nowrap">
                  {isNetwork(job.network) && <NetworkGlyph network={job.network} />}
                  <span className="max-md:sr-only">{job.accountName}</span>
                </span>
              </Td>
              <Td className="max-md:hidden">{state}</Td>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}

const HOUR_MS = 60 * 60_000

/** How near it is, once it is near. */
function Soon({ job, now }: { job: JobState; now: Date }) {
  const leftMs = Date.parse(job.scheduledFor) - now.getTime()
  if (leftMs < 0 || leftMs > HOUR_MS || job.pausedBy || job.status === 'paused') return null
  return <span className="text-xs text-ink-3"> in {Math.max(1, Math.round(leftMs / 60_000))} min</span>
}
