// biome-ignore-all lint/a11y/useSemanticElements: a table cannot share its height out among the weeks
// biome-ignore-all lint/a11y/useFocusableInteractive: in the grid pattern the cells take focus, not rows and headers
'use client'

import { clsx } from 'clsx'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type CalendarPost, postsByDay } from './calendar-post.ts'
import { DayCell } from './day-cell.tsx'
import { dayAfterKey } from './grid-keys.ts'
import { monthName, WEEKDAYS, weekdayOf, weeksOf } from './month-geometry.ts'
import { PhoneWeek } from './phone-week.tsx'

type MonthGridProps = {
  /** "2026-09" */
  month: string
  /** Today in the calendar's zone, "2026-09-17". */
  today: string
  posts: readonly CalendarPost[]
  /** Words on a day, by its date: a holiday, a stocktaking. */
  notes?: Readonly<Record<string, string>>
  selectedId?: string | undefined
  /** Where Page Up and Page Down lead; the same links the bar shows. */
  previousHref: string
  nextHref: string
}

const columns = 'grid-cols-[repeat(5,minmax(0,1fr))_repeat(2,minmax(0,0.84fr))]'

/**
 * A month to read and open from: the grid pattern of ARIA. Arrows go by day and week, Home and End
 * to the ends of the week, Page Up and Down by month, Enter into the day's posts and Esc back out.
 * Fills its parent's height; on phones it is a week strip over an agenda.
 */
export function MonthGrid(props: MonthGridProps) {
  const { month, today, posts, notes, selectedId, previousHref, nextHref } = props
  const router = useRouter()
  const grid = useRef<HTMLDivElement>(null)
  const weeks = useMemo(() => weeksOf(month), [month])
  const days = useMemo(() => postsByDay(posts), [posts])
  const home = today.startsWith(month) ? today : `${month}-01`
  const [reached, setReached] = useState(home)
  const here = weeks.flat().includes(reached) ? reached : home

  const cellOf = (day: string) => grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)
  const chipsOf = (day: string) => [...(cellOf(day)?.querySelectorAll<HTMLElement>('[data-chip]') ?? [])]

  // A month turned from the keyboard keeps the keyboard: focus waits for the day to be drawn.
  const awaited = useRef<string | null>(null)
  useEffect(() => {
    const day = awaited.current
    if (!day || !weeks.flat().includes(day)) return
    awaited.current = null
    grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus()
  }, [weeks])

  function onDay(event: KeyboardEvent, day: string) {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const move = dayAfterKey(event.key, day)
    const cell = move && !move.turns ? cellOf(move.day) : null
    if (cell) cell.focus()
    else if (move) {
      awaited.current = move.day
      router.push((move.turns ?? (move.day < day ? -1 : 1)) < 0 ? previousHref : nextHref, { scroll: false })
    } else if (event.key === 'Enter' || event.key === ' ') chipsOf(day).at(0)?.focus()
    else return
    event.preventDefault()
  }

  function onChip(event: KeyboardEvent, chip: HTMLElement, day: string) {
    const chips = chipsOf(day)
    const at = chips.indexOf(chip)
    const to: Partial<Record<string, HTMLElement | null | undefined>> = {
      ArrowDown: chips[at + 1],
      ArrowUp: chips[at - 1] ?? cellOf(day),
      Escape: cellOf(day),
    }
    if (!(event.key in to)) return
    event.preventDefault()
    event.stopPropagation()
    to[event.key]?.focus()
  }

  function press(event: KeyboardEvent) {
    if (!(event.target instanceof HTMLElement)) return
    const day = event.target.closest<HTMLElement>('[data-day]')?.dataset.day
    if (!day) return
    if (event.target.hasAttribute('data-day')) onDay(event, day)
    else if (event.target.hasAttribute('data-chip')) onChip(event, event.target, day)
  }

  const label = `${monthName(month)} ${month.slice(0, 4)}`
  return (
    <>
      <div className="flex min-h-0 flex-1 flex-col max-md:hidden">
        <div className="min-h-0 flex-1 overflow-y-auto border-t-2 border-ink">
          <div
            ref={grid}
            role="grid"
            aria-label={label}
            tabIndex={-1}
            onKeyDown={press}
            className="flex min-h-full flex-col"
          >
            <div role="row" className={clsx('sticky top-0 z-2 grid border-b border-ink bg-paper', columns)}>
              {WEEKDAYS.map((name, index) => (
                <div
                  key={name}
                  role="columnheader"
                  className={clsx(
                    'px-[7px] py-1 text-xs',
                    isTodayColumn(index, today, month) ? 'font-bold text-ink' : 'text-ink-3',
                  )}
                >
                  <span aria-hidden>{name.slice(0, 3)}</span>
                  <span className="sr-only">{name}</span>
                </div>
              ))}
            </div>
            {weeks.map((week) => (
              <div
                key={week[0]}
                role="row"
                className={clsx('grid flex-1', rowHeights[busiest(week, days)], columns)}
              >
                {week.map((day) => (
                  <DayCell
                    key={day}
                    day={day}
                    month={month}
                    today={today}
                    posts={days.get(day)}
                    note={notes?.[day]}
                    selectedId={selectedId}
                    tabStop={day === here}
                    onReach={setReached}
                  />
                ))}
              </div>
            ))}
          </div>
        </div>
      </div>
      <PhoneWeek key={month} home={home} today={today} days={days} notes={notes} />
    </>
  )
}

/** As much as a week's fullest day needs, so that a quiet month of six weeks stands in one view. */
const rowHeights = {
  2: 'min-h-[calc(22px+2*(var(--chip)+2px)+4px)]',
  3: 'min-h-[calc(22px+3*(var(--chip)+2px)+4px)]',
}

function busiest(week: readonly string[], days: ReadonlyMap<string, readonly unknown[]>): 2 | 3 {
  return week.some((day) => (days.get(day)?.length ?? 0) > 2) ? 3 : 2
}

function isTodayColumn(index: number, today: string, month: string): boolean {
  return today.startsWith(month) && weekdayOf(today) === index
}
