import { BrandMark } from '#components/ui/brand-mark.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { groupFailures } from '#lib/publishing/failures.ts'
import { FAILED_LIMIT, type Job, type JobState } from '#lib/publishing/queries.ts'
import { FailureList } from './failure-list.tsx'
import type { Places } from './places.ts'
import { UnknownCard } from './unknown-card.tsx'
import { retryRefused } from './who-may.ts'

type TroublesProps = { places: Places; unknown: readonly Job[]; failed: readonly JobState[] }

/** Lost answers, each a card; failures by their cause; and what was given up after its last try. */
export function Troubles({ places, unknown, failed }: TroublesProps) {
  if (unknown.length + failed.length === 0) {
    return <p className="pt-4 text-ink-2">Nothing failed, and every answer has come.</p>
  }
  const given = failed.filter(({ status }) => status === 'dlq')
  const refused = failed.filter(({ status }) => status === 'failed')
  return (
    <>
      {unknown.length > 0 && (
        <section className="grid gap-3 pb-2">
          <SectionHead title="Outcome unknown" count={unknown.length} className="pb-0!" />
          {unknown.map((job) => {
            const brand = places.brands.get(job.brandId)
            return (
              <UnknownCard
                key={job.id}
                job={job}
                zone={places.zone}
                title={
                  <>
                    {!places.isOne && brand && (
                      <BrandMark
                        code={brand.code}
                        colour={brand.primaryColor}
                        name={brand.name}
                        size="sm"
                        className="mr-1.5 inline-grid! align-middle"
                      />
                    )}
                    {job.title}
                  </>
                }
                refused={brand ? retryRefused(brand) : null}
              />
            )
          })}
        </section>
      )}
      {refused.length > 0 && (
        <section>
          <SectionHead title="Failed" count={refused.length} />
          <FailureList label="Failed" places={places} groups={groupFailures(refused)} />
        </section>
      )}
      {given.length > 0 && (
        <section>
          <SectionHead title="Dead letters" count={given.length} note="given up after the last try" />
          <FailureList label="Dead letters" places={places} groups={groupFailures(given)} />
        </section>
      )}
      {failed.length >= FAILED_LIMIT && (
        <p className="pt-2 text-xs text-ink-3">The {FAILED_LIMIT} newest are shown.</p>
      )}
    </>
  )
}
