import Link from 'next/link'
import { isNetwork, NetworkGlyph } from '#components/status/network-glyph.tsx'
import { Status } from '#components/status/status.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import type { JobState } from '#lib/publishing/queries.ts'
import { isLate } from './headline.ts'
import { jobWords } from './job-words.ts'

type QueueTableProps = { brand: Brand; jobs: readonly JobState[]; now: Date }

/** What goes out next, account by account. */
export function QueueTable({ brand, jobs, now }: QueueTableProps) {
  return (
    <Table caption={`Posts of ${brand.name} that go out next`}>
      <thead className="max-md:sr-only">
        <tr>
          <Th className="max-md:hidden">Time</Th>
          <Th>Piece</Th>
          <Th>To</Th>
          <Th>State</Th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => {
          const { status, word, note } = jobWords(job, brand.timeZone)
          return (
            <tr key={job.id}>
              <Td className="num whitespace-nowrap max-md:hidden">
                <Time instant={job.scheduledFor} zone={brand.timeZone} />
              </Td>
              <Td className="w-full max-w-0 py-1.5 max-md:pl-0">
                <Link href={`/brands/${brand.slug}/content/${job.number}`} className="block truncate">
                  {job.title}
                </Link>
                <p className="num text-xs text-ink-2 md:hidden">
                  <Time instant={job.scheduledFor} zone={brand.timeZone} />
                </p>
                {job.nextRetryAt && note && <p className="text-xs text-ink-3">{note}</p>}
              </Td>
              <Td>
                <span className="flex items-center gap-1.5 whitespace-nowrap">
                  {isNetwork(job.network) && <NetworkGlyph network={job.network} />}
                  <span className="max-md:sr-only">{job.accountName}</span>
                </span>
              </Td>
              <Td>
                <Status status={status}>
                  {isLate(job, now) ? 'Late' : word.startsWith('Goes out') ? 'Sealed, ready' : word}
                </Status>
              </Td>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}
