'use client'

import { clsx } from 'clsx'
import { Plus, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { PhoneFold } from './phone-fold.tsx'
import { useShell } from './shell-context.tsx'

const bar = clsx(
  'sticky top-0 z-(--z-sticky) flex h-(--bar) items-center gap-2 border-b border-rule bg-paper px-3 md:px-5',
)

/** The plain bar of every page; it steps aside for a page's own (OwnBar). */
export function TopBar() {
  const { current, area, agencyName } = useShell()
  const [lead, note] = current
    ? [current.name, area?.label]
    : [area?.label ?? agencyName, area ? agencyName : undefined]
  return (
    <header className={clsx(bar, 'group-has-[[data-own-bar]]/desk:hidden')}>
      <PhoneFold />
      <p className="flex min-w-0 items-baseline gap-2 max-md:hidden">
        <span className="truncate font-bold">{lead}</span>
        {note && <span className="truncate text-ink-2">{note}</span>}
      </p>
      <BarEnd />
    </header>
  )
}

type OwnBarProps = {
  /** What stands at the left instead of brand and area: a date, a way back, a title, "Saved 11:42". */
  children: ReactNode
  /** Replaces search and New post at the right end. */
  actions?: ReactNode
  /** On phones the brand's fold gives its place to the children: composer, one piece. */
  replacesFold?: boolean
}

/** A page's own bar, rendered first in the page: the shell hides its plain one while this stands. */
export function OwnBar({ children, actions, replacesFold = false }: OwnBarProps) {
  return (
    <div data-own-bar className={bar}>
      {!replacesFold && <PhoneFold />}
      <div className={clsx('flex min-w-0 items-center gap-2', replacesFold ? 'flex-1' : 'max-md:hidden')}>
        {children}
      </div>
      {actions ? <div className="ml-auto flex items-center gap-2">{actions}</div> : <BarEnd />}
    </div>
  )
}

function BarEnd() {
  const { openPalette, openNewPost, writable } = useShell()
  return (
    <div className="ml-auto flex items-center gap-2">
      <button
        type="button"
        onClick={openPalette}
        aria-keyshortcuts="Control+K Meta+K"
        className="flex h-(--control) w-[min(340px,32vw)] items-center gap-2 rounded-2 border border-rule-2 bg-sheet pr-2 pl-2.5 text-ink-3 hover:border-edge max-md:w-(--control) max-md:justify-center max-md:px-0"
      >
        <Search aria-hidden />
        <span className="max-md:sr-only">Search or jump to</span>
        <Kbd aria-hidden className="ml-auto max-md:hidden">
          Ctrl K
        </Kbd>
      </button>
      {writable.length > 0 && (
        <Button
          look="act"
          onClick={openNewPost}
          aria-keyshortcuts="N"
          title="New post (N)"
          className="max-md:w-(--control) max-md:px-0!"
        >
          <Plus aria-hidden />
          <span className="max-md:sr-only">New post</span>
        </Button>
      )}
    </div>
  )
}
