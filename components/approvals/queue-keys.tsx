'use client'

import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useShortcuts } from '#components/shell/use-shortcuts.ts'
import { REVIEW_ID } from './review-id.ts'

/** J and K go through the queue and open what they reach; Enter on the open one goes into it. */
export function QueueKeys({ children }: { children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null)

  function step(by: 1 | -1) {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[data-piece]') ?? [])]
    const at = links.findIndex((link) => link === document.activeElement || link.ariaCurrent === 'true')
    const next = links[at === -1 ? 0 : at + by]
    next?.focus()
    next?.click()
  }
  useShortcuts({ j: () => step(1), k: () => step(-1) })

  function enter(event: KeyboardEvent) {
    const link = event.target instanceof HTMLElement ? event.target.closest('a[data-piece]') : null
    if (event.key !== 'Enter' || link?.ariaCurrent !== 'true') return
    event.preventDefault()
    document.getElementById(REVIEW_ID)?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the links inside
    <div ref={list} onKeyDown={enter}>
      {children}
    </div>
  )
}
