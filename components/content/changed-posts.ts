'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

// The composer saves without the router's knowledge, so that nothing moves while someone types. A list that
// the Back button restores from memory, or that a last save overtakes, would show the state before: it
// listens here, and comes anew.
let changed = false
const listeners = new Set<() => void>()

export function markPostsChanged() {
  changed = listeners.size === 0
  for (const listener of listeners) listener()
}

/** For lists and calendars of posts. */
export function useFreshPosts() {
  const router = useRouter()
  useEffect(() => {
    const refresh = () => {
      changed = false
      router.refresh()
    }
    if (changed) refresh()
    listeners.add(refresh)
    return () => {
      listeners.delete(refresh)
    }
  }, [router])
}
