import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { ButtonLink } from '#components/ui/button.tsx'
import { monthName } from './month-geometry.ts'

type CalendarBarProps = {
  month: string
  previousHref: string
  nextHref: string
  todayHref: string
  /** "Times in London, BST" */
  zone: string
  /** Views, at the right end. */
  children?: ReactNode
}

/** Which month, the way to others, and whose clock the times are. */
export function CalendarBar({ month, previousHref, nextHref, todayHref, zone, children }: CalendarBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-2 px-3.5 pt-2.5 pb-2 md:px-4">
      <h1 className="head-1 mr-1.5 whitespace-nowrap max-md:text-lg">
        {monthName(month)} <span className="font-text text-ink-3">{month.slice(0, 4)}</span>
      </h1>
      <div className="flex *:not-first:-ml-px *:not-first:rounded-l-none *:not-last:rounded-r-none">
        <ButtonLink
          href={previousHref}
          scroll={false}
          aria-label="Month before"
          className="w-(--control) px-0!"
        >
          <ChevronLeft aria-hidden />
        </ButtonLink>
        <ButtonLink href={todayHref} scroll={false}>
          Today
        </ButtonLink>
        <ButtonLink href={nextHref} scroll={false} aria-label="Month after" className="w-(--control) px-0!">
          <ChevronRight aria-hidden />
        </ButtonLink>
      </div>
      <p className="num ml-1 text-ink-3 max-md:hidden">{zone}</p>
      {children && <div className="ml-auto flex items-center gap-2">{children}</div>}
    </div>
  )
}
