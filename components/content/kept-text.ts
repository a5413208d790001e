'use client'

import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

/** The device's own memory; null where the browser keeps none for this site. */
function storage(): Storage | null {
  try {
    return globalThis.localStorage ?? null
  } catch {
    return null // blocked by the person's settings: then nothing outlives the page
  }
}

export function keepText(key: string, text: string) {
  try {
    if (text === '') storage()?.removeItem(key)
    else storage()?.setItem(key, text)
  } catch {
    return // full: the page itself still holds what was typed
  }
  for (const listener of listeners) listener()
}

export function keptText(key: string): string {
  return storage()?.getItem(key) ?? ''
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  globalThis.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    globalThis.removeEventListener('storage', listener)
  }
}

/** Text of a field that outlives the page: what was typed is still there after a reload or a crash. */
export function useKeptText(key: string): [string, (text: string) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => keptText(key),
    () => '',
  )
  return [text, (next) => keepText(key, next)]
}
