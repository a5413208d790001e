import { WithAside } from '#components/shell/desk-page.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { openable } from '#lib/publishing/permalink.ts'
import { listQueue, listRecentlyOut, listUnknown, QUEUE_LIMIT } from '#lib/publishing/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { formatInstant, zoneCity } from '#lib/time/format.ts'
import { publishingTitle } from './headline.ts'
import { jobsVersion } from './jobs-version.ts'
import { Punctuality } from './punctuality.tsx'
import { QueueTable } from './queue-table.tsx'
import { RecentlyOut } from './recently-out.tsx'
import { Troubles } from './troubles.tsx'
import { WatchJobs } from './watch-jobs.tsx'

const WEEK_MS = 7 * 24 * 60 * 60_000
const OUT_SHOWN = 30

/** A brand's machinery: what goes out next, what broke, what went out and how late. */
export async function BrandPublishing({ brand }: { brand: Brand }) {
  const { db } = await requireSession()
  const now = new Date()
  const [jobs, unknown, out] = await Promise.all([
    listQueue(db, { brandId: brand.id }),
    listUnknown(db, { brandId: brand.id }),
    listRecentlyOut(db, { brandId: brand.id, since: new Date(now.getTime() - WEEK_MS).toISOString() }),
  ])
  const failed = jobs.filter(({ status }) => status === 'failed' || status === 'dlq')
  const queue = jobs.filter(({ status }) => ['pending', 'scheduled', 'processing', 'paused'].includes(status))
  return (
    <>
      <WatchJobs brandId={brand.id} shown={jobsVersion(jobs)} />
      <PageHead
        title={publishingTitle(jobs, now)}
        meta={`as of ${formatInstant(now, brand.timeZone, 'time')} in ${zoneCity(brand.timeZone)}`}
      />
      <Punctuality jobs={out} />
      <WithAside
        // What broke comes first where the aside would fold under the queue.
        className="max-lg:[&>aside]:order-first"
        aside={<Troubles brand={brand} unknown={unknown} failed={failed} />}
      >
        <SectionHead title="Queue" count={queue.length} />
        {queue.length > 0 ? (
          <QueueTable brand={brand} jobs={queue} now={now} />
        ) : (
          <p className="border-t border-rule-2 py-3 text-ink-2">
            Nothing waits to go out. Approved posts with a time stand here.
          </p>
        )}
        {jobs.length >= QUEUE_LIMIT && (
          <p className="pt-2 text-xs text-ink-3">The {QUEUE_LIMIT} that go out first are shown.</p>
        )}
        <SectionHead title="Recently out" note="last seven days" />
        {out.length > 0 ? (
          <RecentlyOut brand={brand} jobs={out.slice(0, OUT_SHOWN).map(openable)} />
        ) : (
          <p className="border-t border-rule-2 py-3 text-ink-2">Nothing went out in the last seven days.</p>
        )}
      </WithAside>
    </>
  )
}
