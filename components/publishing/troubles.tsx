import { SectionHead } from '#components/ui/section-head.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import type { Job, JobState } from '#lib/publishing/queries.ts'
import { FailedList } from './failed-list.tsx'
import { UnknownCard } from './unknown-card.tsx'
import { retryRefused } from './who-may.ts'

type TroublesProps = { brand: Brand; unknown: readonly Job[]; failed: readonly JobState[] }

/** Lost answers, each a card, and failures under them. */
export function Troubles({ brand, unknown, failed }: TroublesProps) {
  if (unknown.length + failed.length === 0) {
    return <p className="pt-4 text-ink-2">Nothing failed, and every answer has come.</p>
  }
  return (
    <>
      {unknown.length > 0 && (
        <section className="grid gap-3 pb-2">
          <SectionHead title="Outcome unknown" count={unknown.length} className="pb-0!" />
          {unknown.map((job) => (
            <UnknownCard
              key={job.id}
              job={job}
              zone={brand.timeZone}
              title={job.title}
              refused={retryRefused(brand)}
            />
          ))}
        </section>
      )}
      {failed.length > 0 && (
        <section>
          <SectionHead title="Failed" count={failed.length} />
          <FailedList brand={brand} jobs={failed} />
        </section>
      )}
    </>
  )
}
