'use client'

import { useSearchParams } from 'next/navigation'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'
import { monthName, WEEKDAYS, weeksOf } from './month-geometry.ts'

/** The month before its posts are there: the grid stands at once, the dates are real, chips have their height. */
export function MonthSkeleton() {
  const asked = useSearchParams().get('month')
  const month = asked && /^\d{4}-\d\d$/.test(asked) ? asked : new Date().toISOString().slice(0, 7)
  return (
    <Loading what="Reading the month" className="flex h-[calc(100dvh-var(--bar))] flex-col max-md:h-auto">
      <div className="flex items-center gap-2 px-3.5 pt-2.5 pb-2 md:px-4">
        <p className="head-1 mr-1.5 max-md:text-lg">
          {monthName(month)} <span className="font-text text-ink-3">{month.slice(0, 4)}</span>
        </p>
        <Skeleton className="h-(--control) w-32" />
      </div>
      <div className="flex gap-2 px-3.5 pb-2.5 md:px-4">
        <Skeleton className="h-[26px] w-20" />
        <Skeleton className="h-[26px] w-24" />
        <Skeleton className="h-[26px] w-24" />
      </div>
      <div className="flex flex-1 flex-col border-t-2 border-ink max-md:hidden">
        <div className={`grid border-b border-ink ${columns}`}>
          {WEEKDAYS.map((name) => (
            <span key={name} className="px-[7px] py-1 text-xs text-ink-3">
              {name.slice(0, 3)}
            </span>
          ))}
        </div>
        {weeksOf(month).map((week, row) => (
          <div key={week[0]} className={`grid flex-1 ${columns}`}>
            {week.map((day, column) => (
              <div
                key={day}
                className="grid content-start gap-0.5 border-r border-b border-rule px-[3px] pt-0.5"
              >
                <span className="num h-5 px-[3px] text-xs leading-5 text-ink-3">{Number(day.slice(8))}</span>
                {(row + column) % 3 > 0 && <Skeleton className="h-(--chip)" />}
                {(row * 2 + column) % 4 === 1 && <Skeleton className="h-(--chip)" />}
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className="grid gap-1 border-t-2 border-ink px-3.5 pt-16 md:hidden">
        {Array.from({ length: 5 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
          <Skeleton key={row} className="h-[52px]" />
        ))}
      </div>
    </Loading>
  )
}

const columns = 'grid-cols-[repeat(5,minmax(0,1fr))_repeat(2,minmax(0,0.84fr))]'
