import Link from 'next/link'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import { latenessWords } from '#lib/publishing/lateness.ts'
import type { JobState } from '#lib/publishing/queries.ts'
import type { Places } from './places.ts'

type RecentlyOutProps = { places: Places; jobs: readonly JobState[] }

/** What is out, with where it stands and how late it went. */
export function RecentlyOut({ places, jobs }: RecentlyOutProps) {
  return (
    <Table caption="Posts that went out in the last seven days">
      <thead className="max-md:sr-only">
        <tr>
          <Th className="max-md:hidden">Out</Th>
          <Th>Piece</Th>
          <Th>On</Th>
          <Th numeric>Late</Th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => {
          const brand = places.brands.get(job.brandId)
          if (!brand) return null
          return (
            <tr key={job.id}>
              <Td className="num whitespace-nowrap max-md:hidden">
                <Time instant={job.publishedAt ?? job.updatedAt} zone={places.zone} />
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
                <p className="num text-xs text-ink-2 md:hidden">
                  <Time instant={job.publishedAt ?? job.updatedAt} zone={places.zone} />
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
          )
        })}
      </tbody>
    </Table>
  )
}
