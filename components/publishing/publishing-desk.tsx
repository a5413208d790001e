import Link from 'next/link'
import { WithAside } from '#components/shell/desk-page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { Agency, Brand } from '#lib/brands/queries.ts'
import { listSwitches, readWorkerHealth } from '#lib/publishing/machinery.ts'
import { openable } from '#lib/publishing/permalink.ts'
import { readPunctuality } from '#lib/publishing/punctuality.ts'
import { listFailed, listQueue, listRecentlyOut, listUnknown } from '#lib/publishing/queries.ts'
import type { queueView } from '#lib/publishing/schema.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { formatInstant, zoneCity } from '#lib/time/format.ts'
import { publishingTitle } from './headline.ts'
import { jobsVersion } from './jobs-version.ts'
import { LostAccounts, RefusedDesk } from './lost-accounts.tsx'
import { placesOf } from './places.ts'
import { PunctualityFigures } from './punctuality.tsx'
import { QueueTable } from './queue-table.tsx'
import { RecentlyOut } from './recently-out.tsx'
import { MainSwitch, PausedNotes, PauseSwitches, pausedAsAWhole } from './switches.tsx'
import { Troubles } from './troubles.tsx'
import { WatchJobs } from './watch-jobs.tsx'
import { Workers } from './workers.tsx'

const WEEK_MS = 7 * 24 * 60 * 60_000

type PublishingDeskProps = {
  brands: readonly Brand[]
  agencies: readonly Agency[]
  zone: string
  path: string
  view: ReturnType<typeof queueView.parse>
}

/** The machinery of one brand or of all: what goes out next, what broke, what is paused, and how late things go. */
export async function PublishingDesk({ brands, agencies, zone, path, view }: PublishingDeskProps) {
  const { db } = await requireSession()
  const now = new Date()
  const brandIds = brands.map(({ id }) => id)
  const [queue, unknown, failed, out, figures, switches, health] = await Promise.all([
    listQueue(db, { brandIds, ...view }),
    listUnknown(db, { brandIds }),
    listFailed(db, { brandIds, now }),
    listRecentlyOut(db, { brandIds, since: new Date(now.getTime() - WEEK_MS) }),
    readPunctuality(db),
    listSwitches(db, { brandIds }),
    readWorkerHealth(db),
  ])
  const places = placesOf(brands, { zone, path })
  const shown = [...queue.rows, ...unknown, ...failed]
  const accounts = switches.filter(({ scope }) => scope === 'connection')
  const account = accounts.find(({ id }) => id === view.account)
  const waiting = (account ? [account] : accounts).reduce((sum, one) => sum + one.waiting, 0)
  const isWhole = !view.account && !view.after && queue.next === null
  return (
    <>
      <WatchJobs brandIds={brandIds} shown={isWhole ? jobsVersion(shown) : null} />
      <PageHead
        title={publishingTitle(shown, now, {
          paused: pausedAsAWhole(switches, places),
          workers: health?.workers ?? null,
          due: health?.due ?? null,
        })}
        meta={`as of ${formatInstant(now, zone, 'time')} in ${zoneCity(zone)}`}
        actions={<MainSwitch switches={switches} places={places} agencies={agencies} />}
      />
      <PausedNotes switches={switches} places={places} agencies={agencies} />
      <RefusedDesk jobs={queue.rows} />
      <LostAccounts switches={switches} places={places} />
      <PunctualityFigures figures={figures} places={places} />
      <WithAside
        // What broke comes first where the aside would fold under the queue.
        className="max-lg:[&>aside]:order-first"
        aside={
          <>
            <Troubles places={places} unknown={unknown} failed={failed} />
            <Workers health={health} now={now} zone={zone} />
          </>
        }
      >
        <SectionHead
          title="Queue"
          count={waiting}
          note={account && `through ${account.name}`}
          link={account && <Link href={path}>All accounts</Link>}
        />
        {queue.rows.length > 0 ? (
          <QueueTable places={places} jobs={queue.rows} now={now} />
        ) : (
          <p className="border-t border-rule-2 py-3 text-ink-2">
            Nothing waits to go out. Approved posts with a time stand here.
          </p>
        )}
        {(queue.next || view.after) && (
          <div className="flex gap-2 py-3">
            {view.after && <ButtonLink href={pageHref(path, view.account)}>From the start</ButtonLink>}
            {queue.next && (
              <ButtonLink href={pageHref(path, view.account, queue.next)}>Later posts</ButtonLink>
            )}
          </div>
        )}
        <PauseSwitches switches={switches} places={places} agencies={agencies} shown={view.account} />
        <SectionHead title="Recently out" note="last seven days" />
        {out.length > 0 ? (
          <RecentlyOut places={places} jobs={out.map(openable)} />
        ) : (
          <p className="border-t border-rule-2 py-3 text-ink-2">Nothing went out in the last seven days.</p>
        )}
      </WithAside>
    </>
  )
}

function pageHref(path: string, account?: string, after?: string): string {
  const words = new URLSearchParams({ ...(account && { account }), ...(after && { after }) }).toString()
  return words ? `${path}?${words}` : path
}
