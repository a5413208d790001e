import Link from 'next/link'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { latenessWords } from '#lib/publishing/lateness.ts'
import type { JobState } from '#lib/publishing/queries.ts'

type RecentlyOutProps = { brand: Brand; jobs: readonly JobState[] }

/** What is out, with where it stands and how late it went. */
export function RecentlyOut({ brand, jobs }: RecentlyOutProps) {
  return (
    <Table caption={`Posts of ${brand.name} that went out in the last seven days`}>
      <thead className="max-md:sr-only">
        <tr>
          <Th className="max-md:hidden">Out</Th>
          <Th>Piece</Th>
          <Th>On</Th>
          <Th numeric>Late</Th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <tr key={job.id}>
            <Td className="num whitespace-nowrap max-md:hidden">
              <Time instant={job.publishedAt ?? job.updatedAt} zone={brand.timeZone} />
            </Td>
            <Td className="w-full max-w-0 py-1.5 max-md:pl-0">
              <Link href={`/brands/${brand.slug}/content/${job.number}`} className="block truncate">
                {job.title}
              </Link>
              <p className="num text-xs text-ink-2 md:hidden">
                <Time instant={job.publishedAt ?? job.updatedAt} zone={brand.timeZone} />
              </p>
            </Td>
            <Td className="whitespace-nowrap">
              {job.permalink ? (
                <a href={job.permalink} target="_blank" rel="noreferrer">
                  See it<span className="max-md:sr-only"> on {job.accountName}</span>
                </a>
              ) : (
                job.accountName
              )}
            </Td>
            <Td numeric className="whitespace-nowrap">
              {job.latenessMs === null ? '' : latenessWords(job.latenessMs)}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
