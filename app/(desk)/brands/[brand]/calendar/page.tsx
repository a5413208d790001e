import type { Metadata } from 'next'
import { z } from 'zod'
import { CalendarBar } from '#components/calendar/calendar-bar.tsx'
import { monthAddress } from '#components/calendar/month-address.ts'
import { MonthEmpty } from '#components/calendar/month-empty.tsx'
import { addDays, addMonths, weeksOf } from '#components/calendar/month-geometry.ts'
import { MonthGrid } from '#components/calendar/month-grid.tsx'
import { OpenedPost } from '#components/calendar/opened-post.tsx'
import { onCalendar, seenFirst } from '#components/calendar/planned-posts.ts'
import { StatusChips } from '#components/calendar/status-chips.tsx'
import { FreshPosts } from '#components/content/fresh-posts.tsx'
import { WithDrawer } from '#components/ui/drawer.tsx'
import { requireBrand } from '#lib/brands/queries.ts'
import { listPlanned, type PlannedPost, readPost } from '#lib/content/queries.ts'
import { calendarFilter, type PostState } from '#lib/content/schema.ts'
import { thumbsOf } from '#lib/media/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { zoneAbbreviation, zoneCity } from '#lib/time/format.ts'
import { dayOf, startOfDay } from '#lib/time/wall-clock.ts'

export const metadata: Metadata = { title: 'Calendar' }

const opened = z.object({ post: z.coerce.number().int().positive().optional().catch(undefined) })

export default async function CalendarPage({ params, searchParams }: PageProps<'/brands/[brand]/calendar'>) {
  const { db } = await requireSession()
  const brand = await requireBrand((await params).brand)
  const asked = await searchParams
  const filter = calendarFilter.parse(asked)
  const { post: number } = opened.parse(asked)

  const now = new Date()
  const today = dayOf(now.toISOString(), brand.timeZone)
  const month = filter.month ?? today.slice(0, 7)
  const days = weeksOf(month).flat()
  const firstDay = days.at(0) ?? `${month}-01`
  const lastDay = days.at(-1) ?? firstDay
  const [all, post] = await Promise.all([
    listPlanned(db, {
      brandId: brand.id,
      from: startOfDay(firstDay, brand.timeZone),
      to: startOfDay(addDays(lastDay, 1), brand.timeZone),
    }),
    number === undefined ? null : readPost(db, { brandId: brand.id, number }),
  ])
  const shown = filter.status.length === 0 ? all : all.filter(({ state }) => filter.status.includes(state))
  const thumbs = await thumbsOf(db, { brandId: brand.id, ids: seenFirst(shown, brand.timeZone) })
  const at = (target: string) => monthAddress(brand.slug, { ...filter, month: target })
  const open = (piece: PlannedPost | undefined) =>
    piece ? monthAddress(brand.slug, { ...filter, month }, { post: piece.number }) : null
  const place = shown.findIndex((piece) => piece.id === post?.id)

  return (
    <WithDrawer
      drawer={
        post && (
          <OpenedPost
            key={post.id}
            brand={brand}
            post={post}
            shownAt={all.find((piece) => piece.id === post.id)?.at ?? null}
            now={now}
            closeHref={at(month)}
            previousHref={place > 0 ? open(shown[place - 1]) : null}
            nextHref={place >= 0 ? open(shown[place + 1]) : null}
          />
        )
      }
    >
      <div className="flex h-[calc(100dvh-var(--bar))] min-w-0 flex-col max-md:h-auto">
        <CalendarBar
          month={month}
          previousHref={at(addMonths(month, -1))}
          nextHref={at(addMonths(month, 1))}
          todayHref={monthAddress(brand.slug, { status: filter.status })}
          zone={`Times in ${zoneCity(brand.timeZone)}, ${zoneAbbreviation(now, brand.timeZone)}`}
        />
        {all.length === 0 && <MonthEmpty brand={brand} month={month} />}
        <StatusChips brandSlug={brand.slug} filter={{ ...filter, month }} counts={countByState(all)} />
        <MonthGrid
          month={month}
          today={today}
          posts={shown.map((piece) => onCalendar(piece, { brand, thumbs, href: open(piece) ?? at(month) }))}
          selectedId={post?.id}
          previousHref={at(addMonths(month, -1))}
          nextHref={at(addMonths(month, 1))}
        />
        <FreshPosts />
      </div>
    </WithDrawer>
  )
}

function countByState(posts: readonly PlannedPost[]): ReadonlyMap<PostState, number> {
  const counts = new Map<PostState, number>()
  for (const { state } of posts) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}
