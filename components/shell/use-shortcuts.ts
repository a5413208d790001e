'use client'

import { useEffect, useEffectEvent } from 'react'

/** Key names as `event.key` gives them; "mod+k" is Ctrl K, or Cmd K on a Mac. */
export type Shortcuts = Partial<Record<string, () => void>>

const takesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'))

/** Single keys act on the whole page, but never while something is typed or a dialog asks. */
export function useShortcuts(shortcuts: Shortcuts) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    const withMod = event.ctrlKey || event.metaKey
    const act = shortcuts[withMod ? `mod+${event.key.toLowerCase()}` : event.key]
    if (!act || event.altKey) return
    if (
      !withMod &&
      (takesText(event.target) || document.querySelector('[role=dialog], [role=alertdialog], [role=menu]'))
    ) {
      return
    }
    event.preventDefault()
    act()
  })
  useEffect(() => {
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
