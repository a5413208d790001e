import type { Metadata } from 'next'
import { FailedList } from '#components/publishing/failed-list.tsx'
import { publishingTitle } from '#components/publishing/headline.ts'
import { jobsVersion } from '#components/publishing/jobs-version.ts'
import { Punctuality } from '#components/publishing/punctuality.tsx'
import { QueueTable } from '#components/publishing/queue-table.tsx'
import { RecentlyOut } from '#components/publishing/recently-out.tsx'
import { UnknownCard } from '#components/publishing/unknown-card.tsx'
import { WatchJobs } from '#components/publishing/watch-jobs.tsx'
import { retryRefused } from '#components/publishing/who-may.ts'
import { DeskPage, WithAside } from '#components/shell/desk-page.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { requireBrand } from '#lib/brands/queries.ts'
import { openable } from '#lib/publishing/permalink.ts'
import { listQueue, listRecentlyOut, listUnknown, QUEUE_LIMIT } from '#lib/publishing/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { formatInstant, zoneCity } from '#lib/time/format.ts'

export const metadata: Metadata = { title: 'Publishing' }

const WEEK_MS = 7 * 24 * 60 * 60_000

export default async function PublishingPage({ params }: PageProps<'/brands/[brand]/publishing'>) {
  const { db } = await requireSession()
  const brand = await requireBrand((await params).brand)
  const now = new Date()
  const [jobs, unknown, out] = await Promise.all([
    listQueue(db, { brandId: brand.id }),
    listUnknown(db, { brandId: brand.id }),
    listRecentlyOut(db, { brandId: brand.id, since: new Date(now.getTime() - WEEK_MS).toISOString() }),
  ])
  const failed = jobs.filter(({ status }) => status === 'failed' || status === 'dlq')
  const queue = jobs.filter(({ status }) => ['pending', 'scheduled', 'processing', 'paused'].includes(status))
  return (
    <DeskPage>
      <WatchJobs brandId={brand.id} shown={jobsVersion(jobs)} />
      <PageHead
        title={publishingTitle(jobs, now)}
        meta={`as of ${formatInstant(now, brand.timeZone, 'time')} in ${zoneCity(brand.timeZone)}`}
      />
      <Punctuality jobs={out} />
      <WithAside
        // What broke comes first where the aside would fold under the queue.
        className="max-lg:[&>aside]:order-first"
        aside={
          <>
            {unknown.length > 0 && (
              <section className="grid gap-3">
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
                <FailedList brand={brand} jobs={failed.map(openable)} />
              </section>
            )}
            {unknown.length + failed.length === 0 && (
              <p className="pt-4 text-ink-2">Nothing failed, and every answer has come.</p>
            )}
          </>
        }
      >
        <SectionHead title="Queue" count={queue.length} />
        {queue.length > 0 ? (
          <QueueTable brand={brand} jobs={queue} now={now} />
        ) : (
          <p className="border-t border-rule-2 py-3 text-ink-2">
            Nothing waits to go out. Approved posts with a time stand here.
          </p>
        )}
        {jobs.length === QUEUE_LIMIT && (
          <p className="pt-2 text-xs text-ink-3">The {QUEUE_LIMIT} that go out first are shown.</p>
        )}
        <SectionHead title="Recently out" note="last seven days" />
        {out.length > 0 ? (
          <RecentlyOut brand={brand} jobs={out.slice(0, 30).map(openable)} />
        ) : (
          <p className="border-t border-rule-2 py-3 text-ink-2">Nothing went out in the last seven days.</p>
        )}
      </WithAside>
    </DeskPage>
  )
}
