'use client'

import { clsx } from 'clsx'
import { ChevronLeft, ChevronRight, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { IconButton } from './icon-button.tsx'

type DrawerProps = {
  /** Names the piece for readers: its title. */
  label: string
  /** "OE-318 · version 4", in agate over the title. */
  slug?: ReactNode
  title: ReactNode
  /** State and time under the title. */
  meta?: ReactNode
  children: ReactNode
  /** Its acts, held at the foot. */
  footer?: ReactNode
  onClose: () => void
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
}

/**
 * Reads one piece beside the page, which stays usable: it pushes from 1240 px, overlays below,
 * and is a page of its own on phones. Esc closes and focus goes back; J and K go through the list.
 */
export function Drawer(props: DrawerProps) {
  const { label, slug, title, meta, children, footer, onClose, onPrevious, onNext } = props
  const panel = useRef<HTMLElement>(null)

  // Opening is a move of the reader, so focus comes along, and returns to where it was.
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus({ preventScroll: true })
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])

  function press(event: KeyboardEvent) {
    if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select')) return
    const act = { Escape: onClose, j: onNext, k: onPrevious }[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  return (
    <aside
      ref={panel}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={press}
      className={clsx(
        'flex flex-col overflow-y-auto border-rule-2 bg-raised outline-none md:border-l',
        'fixed inset-y-0 right-0 z-(--z-drawer) w-full md:top-(--bar) md:w-(--drawer) md:shadow-3',
        'push:sticky push:z-auto push:h-[calc(100dvh-var(--bar))] push:shadow-none',
      )}
    >
      <header className="sticky top-0 z-1 border-b border-rule bg-raised px-3.5 pt-2.5 pb-2">
        <div className="flex items-center gap-1">
          <p className="slug flex-1">{slug}</p>
          {onPrevious && (
            <IconButton label="One before (K)" onClick={onPrevious}>
              <ChevronLeft aria-hidden />
            </IconButton>
          )}
          {onNext && (
            <IconButton label="Next (J)" onClick={onNext}>
              <ChevronRight aria-hidden />
            </IconButton>
          )}
          <IconButton label="Close (Esc)" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        </div>
        <h2 className="head-2">{title}</h2>
        {meta && <div className="mt-1 flex flex-wrap items-center gap-2">{meta}</div>}
      </header>
      {children}
      {footer && (
        <footer className="sticky bottom-0 mt-auto flex gap-2 border-t border-rule-2 bg-raised px-3.5 py-2.5 pb-[max(10px,env(safe-area-inset-bottom))]">
          {footer}
        </footer>
      )}
    </aside>
  )
}

/** One stretch of the drawer between two rules. */
export function DrawerPart({ title, children }: { title?: ReactNode; children: ReactNode }) {
  return (
    <section className="grid gap-2 border-b border-rule px-3.5 py-3">
      {title && <h3 className="head-3">{title}</h3>}
      {children}
    </section>
  )
}

/** The page and the drawer beside it, while there is one. */
export function WithDrawer({ children, drawer }: { children: ReactNode; drawer: ReactNode }) {
  return (
    <div
      className={clsx(
        'grid grid-cols-[minmax(0,1fr)]',
        drawer && 'push:grid-cols-[minmax(0,1fr)_var(--drawer)]',
      )}
    >
      {children}
      {drawer}
    </div>
  )
}
