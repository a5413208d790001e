'use client'

import { clsx } from 'clsx'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import type { AreaName } from './areas.ts'
import { useShell } from './shell-context.tsx'

const BEFORE_NEW: readonly AreaName[] = ['today', 'overview', 'calendar']
const AFTER_NEW: readonly AreaName[] = ['approvals', 'media', 'inbox']

/** At most five: two before New, two after, of what this person has here. */
function pick<Row extends { area: { name: AreaName } }>(
  rows: readonly Row[],
  names: readonly AreaName[],
  keep: 'first' | 'last',
) {
  const found = rows.filter((row) => names.includes(row.area.name))
  return keep === 'first' ? found.slice(0, 2) : found.slice(-2)
}

/** The phone's foot: the areas of a day, with New in their middle. */
export function TabBar() {
  const { rows, area: at, counts, writable, openNewPost, current } = useShell()
  const tabs = (list: typeof rows) =>
    list.map(({ area, href, label }) => {
      const count = area.hot || area.name === 'inbox' ? (counts[area.name] ?? 0) : 0
      return (
        <Link
          key={area.name}
          href={href}
          aria-current={at?.name === area.name ? 'page' : undefined}
          className={tab}
        >
          <area.icon aria-hidden className="size-5" />
          {label}
          {count > 0 && (
            <span className="absolute top-1.5 left-[54%] rounded-1 bg-on-blotter px-1 text-[10px] leading-3.5 font-bold text-blotter">
              {count}
            </span>
          )}
        </Link>
      )
    })
  return (
    <nav
      aria-label="Main, phone"
      className="fixed inset-x-0 bottom-0 z-(--z-rail) grid auto-cols-fr grid-flow-col bg-blotter pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {tabs(pick(rows, BEFORE_NEW, current ? 'last' : 'first'))}
      {writable.length > 0 && (
        <button type="button" onClick={openNewPost} className={tab}>
          <Plus aria-hidden className="size-5" />
          New
        </button>
      )}
      {tabs(pick(rows, AFTER_NEW, 'last'))}
    </nav>
  )
}

const tab = clsx(
  'relative grid h-[58px] place-items-center content-center gap-0.5 text-2xs leading-[13px] text-on-blotter-2 no-underline! outline-on-blotter! focus-visible:outline-offset-[-3px]',
  'aria-[current]:font-bold aria-[current]:text-on-blotter aria-[current]:shadow-[inset_0_2px_0_var(--on-blotter)]',
)
