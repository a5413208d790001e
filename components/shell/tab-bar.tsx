'use client'

import { clsx } from 'clsx'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import type { AreaName } from './areas.ts'
import { useShell } from './shell-context.tsx'

/** The first two of each that a person has here stand around New: five at most. */
const BEFORE_NEW: readonly AreaName[] = ['overview', 'today', 'calendar']
const AFTER_NEW: readonly AreaName[] = ['approvals', 'inbox', 'media']

/** The phone's foot: the areas of a day, with New in their middle. */
export function TabBar() {
  const { rows, area: at, counts, writable, openNewPost, current } = useShell()
  const rowsOf = (names: readonly AreaName[]) =>
    names.flatMap((name) => rows.filter((row) => row.area.name === name)).slice(0, 2)
  const before = rowsOf(current ? BEFORE_NEW.filter((name) => name !== 'today') : BEFORE_NEW)
  const after = rowsOf(AFTER_NEW)
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
      {tabs(before)}
      {writable.length > 0 && (
        <button type="button" onClick={openNewPost} className={tab}>
          <Plus aria-hidden className="size-5" />
          New
        </button>
      )}
      {tabs(after)}
    </nav>
  )
}

const tab = clsx(
  'relative grid h-[58px] place-items-center content-center gap-0.5 text-2xs leading-[13px] text-on-blotter-2 no-underline! outline-on-blotter! focus-visible:outline-offset-[-3px]',
  'aria-[current]:font-bold aria-[current]:text-on-blotter aria-[current]:shadow-[inset_0_2px_0_var(--on-blotter)]',
)
