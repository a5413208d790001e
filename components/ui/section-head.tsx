import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type SectionHeadProps = {
  title: ReactNode
  count?: number | undefined
  note?: ReactNode
  /** A link or small control at the right end. */
  link?: ReactNode
  level?: 2 | 3
  className?: string
}

/** The head of a group inside a page; the rule below it belongs to the list that follows. */
export function SectionHead({ title, count, note, link, level = 2, className }: SectionHeadProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div className={clsx('flex flex-wrap items-baseline gap-x-2 gap-y-1 pt-4 pb-1.5 first:pt-1', className)}>
      <Heading className={level === 2 ? 'head-2' : 'head-3'}>{title}</Heading>
      {count !== undefined && <span className="num text-ink-3">{count}</span>}
      {note && <span className="text-ink-3">{note}</span>}
      {link && <div className="ml-auto whitespace-nowrap">{link}</div>}
    </div>
  )
}
