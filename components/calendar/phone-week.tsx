'use client'

import { clsx } from 'clsx'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '#components/ui/icon-button.tsx'
import type { CalendarPost } from './calendar-post.ts'
import { DayList } from './day-list.tsx'
import { addDays, longDay, monthName, weekOf } from './month-geometry.ts'

/** The agenda goes on from the chosen day for a week. */
const DAYS_AHEAD = 7

const TROUBLE = ['failed', 'outcome_unknown']

type PhoneWeekProps = {
  home: string
  today: string
  days: ReadonlyMap<string, readonly CalendarPost[]>
  notes?: Readonly<Record<string, string>> | undefined
}

/** The month on a phone: one week as a strip, and from the chosen day on, what goes out. */
export function PhoneWeek({ home, today, days, notes }: PhoneWeekProps) {
  const [chosen, setChosen] = useState(home)
  return (
    <div className="md:hidden">
      <div className="sticky top-(--bar) z-(--z-sticky) flex border-t-2 border-b border-t-ink border-b-rule-2 bg-sheet">
        <IconButton
          label="Week before"
          className="h-auto! rounded-none! px-1!"
          onClick={() => setChosen(addDays(chosen, -7))}
        >
          <ChevronLeft aria-hidden />
        </IconButton>
        <ol className="grid flex-1 grid-cols-7">
          {weekOf(chosen).map((day) => (
            <li key={day}>
              <DayButton
                day={day}
                chosen={day === chosen}
                today={today}
                posts={days.get(day) ?? []}
                onChoose={setChosen}
              />
            </li>
          ))}
        </ol>
        <IconButton
          label="Week after"
          className="h-auto! rounded-none! px-1!"
          onClick={() => setChosen(addDays(chosen, 7))}
        >
          <ChevronRight aria-hidden />
        </IconButton>
      </div>
      {Array.from({ length: DAYS_AHEAD }, (_, ahead) => addDays(chosen, ahead)).map((day) => (
        <AgendaDay
          key={day}
          day={day}
          today={today}
          posts={days.get(day) ?? []}
          note={notes?.[day]}
          chosen={day === chosen}
        />
      ))}
    </div>
  )
}

type DayButtonProps = {
  day: string
  chosen: boolean
  today: string
  posts: readonly CalendarPost[]
  onChoose: (day: string) => void
}

function DayButton({ day, chosen, today, posts, onChoose }: DayButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      aria-current={day === today ? 'date' : undefined}
      onClick={() => onChoose(day)}
      className={clsx(
        'grid w-full justify-items-center gap-px pt-1.5 pb-[7px] text-ink-2 focus-visible:outline-offset-[-2px] aria-pressed:bg-ink aria-pressed:text-paper',
        day === today && 'font-bold text-ink',
      )}
    >
      <span className={clsx('text-2xs', !chosen && 'text-ink-3')}>{longDay(day).slice(0, 3)}</span>
      <span className="num text-sm font-mid">
        {Number(day.slice(8))}
        <span className="sr-only">
          {` ${monthName(day)}, `}
          {posts.length === 1 ? '1 post' : `${posts.length} posts`}
        </span>
      </span>
      <span className="flex h-1 gap-0.5">
        {posts.slice(0, 4).map((post) => (
          <span
            key={post.id}
            className={clsx(
              'size-1',
              TROUBLE.includes(post.status) && !chosen ? 'bg-st-failed' : chosen ? 'bg-paper' : 'bg-ink-3',
            )}
          />
        ))}
      </span>
    </button>
  )
}

type AgendaDayProps = {
  day: string
  today: string
  posts: readonly CalendarPost[]
  note: string | undefined
  chosen: boolean
}

function AgendaDay({ day, today, posts, note, chosen }: AgendaDayProps) {
  if (posts.length === 0 && !chosen && !note) return null
  return (
    <section className="grid gap-1 px-3.5 [contain-intrinsic-block-size:auto_280px] [content-visibility:auto]">
      <h2 className="flex items-baseline gap-2 pt-3.5 pb-0.5 font-bold">
        {longDay(day)}
        <span className="font-text text-ink-3">
          {[day === today ? 'Today' : null, note, posts.length === 1 ? '1 post' : `${posts.length} posts`]
            .filter(Boolean)
            .join(', ')}
        </span>
      </h2>
      <DayList posts={posts} />
      {posts.length === 0 && <p className="text-ink-3">Nothing goes out.</p>}
    </section>
  )
}
