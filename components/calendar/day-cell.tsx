'use client'

import { clsx } from 'clsx'
import { type FocusEvent, memo } from 'react'
import { Popover } from '#components/ui/popover.tsx'
import type { CalendarPost } from './calendar-post.ts'
import { DayList } from './day-list.tsx'
import { longDay, monthName, weekdayOf } from './month-geometry.ts'
import { PostChip } from './post-chip.tsx'

/** A day shows this many; the rest are behind "+n more". */
const CHIPS_A_DAY = 3

const NONE: readonly CalendarPost[] = []

type DayCellProps = {
  day: string
  month: string
  today: string
  posts?: readonly CalendarPost[] | undefined
  /** "Harvest weekend", "Stocktaking, no posts". */
  note?: string | undefined
  selectedId?: string | undefined
  tabStop: boolean
  onReach: (day: string) => void
}

/** One day of the grid. It is redrawn only when something of its own changes. */
export const DayCell = memo(function DayCell(props: DayCellProps) {
  const { day, month, today, posts = NONE, note, selectedId, tabStop, onReach } = props
  const out = !day.startsWith(month)
  const isToday = day === today
  const number = Number(day.slice(8))
  const shown = posts.slice(0, CHIPS_A_DAY)
  const hidden = posts.length - shown.length

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cell cannot lie in a CSS grid row that fills the screen
    <div
      role="gridcell"
      data-day={day}
      tabIndex={tabStop ? 0 : -1}
      aria-current={isToday ? 'date' : undefined}
      onFocus={(event: FocusEvent) => event.target === event.currentTarget && onReach(day)}
      className={clsx(
        '@container relative flex min-w-0 flex-col gap-0.5 overflow-hidden border-r border-b border-rule px-[3px] pt-0.5 pb-[3px] focus-visible:outline-offset-[-2px]',
        out
          ? 'bg-paper'
          : isToday
            ? 'bg-sheet shadow-[inset_0_2px_0_var(--ink)]'
            : day < today
              ? 'bg-[color-mix(in_oklab,var(--sheet)_55%,var(--paper))]'
              : 'bg-sheet',
      )}
    >
      <div className="flex h-5 shrink-0 items-center gap-[5px] px-[3px]">
        <span
          className={clsx(
            'num text-xs whitespace-nowrap',
            isToday ? 'font-bold' : 'font-mid',
            out ? 'text-ink-3' : 'text-ink-2',
          )}
        >
          <span aria-hidden>
            {isToday ? (
              <>
                <span className="mr-1 rounded-1 bg-ink px-1 text-paper">{number}</span>
                <span className="text-ink">Today</span>
              </>
            ) : (
              `${number}${out && namesMonth(day) ? ` ${monthName(day).slice(0, 3)}` : ''}`
            )}
          </span>
          <span className="sr-only">
            {longDay(day)}
            {isToday && ', today'}, {posts.length === 1 ? '1 post' : `${posts.length} posts`}
          </span>
        </span>
        {note && <span className="num min-w-0 flex-1 truncate text-2xs text-ink-2">{note}</span>}
        {hidden > 0 && <MorePosts day={day} posts={posts} hidden={hidden} selectedId={selectedId} />}
      </div>
      {shown.map((post) => (
        <PostChip key={post.id} post={post} selected={post.id === selectedId} />
      ))}
    </div>
  )
})

/** Days of a neighbour month are named where they begin: its first, or the first of the grid. */
const namesMonth = (day: string) => day.endsWith('-01') || weekdayOf(day) === 0

type MorePostsProps = {
  day: string
  posts: readonly CalendarPost[]
  hidden: number
  selectedId: string | undefined
}

function MorePosts({ day, posts, hidden, selectedId }: MorePostsProps) {
  return (
    <Popover
      title={`${longDay(day)}, ${posts.length} posts`}
      align="end"
      className="max-h-[min(var(--available-height),520px)]!"
      trigger={
        <button
          type="button"
          data-chip
          tabIndex={-1}
          className="-my-0.5 ml-auto h-6 shrink-0 px-0.5 text-2xs font-mid whitespace-nowrap text-pencil hover:underline"
        >
          +{hidden} more
        </button>
      }
    >
      <DayList posts={posts} selectedId={selectedId} />
    </Popover>
  )
}
