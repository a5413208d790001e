'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

// The composer saves without the router's knowledge, so that nothing moves while someone types. A list that
// the Back button restores from memory would show the state before: it asks here, and comes anew.
let changed = false

export function markPostsChanged() {
  changed = true
}

/** For lists and calendars of posts. */
export function useFreshPosts() {
  const router = useRouter()
  useEffect(() => {
    if (!changed) return
    changed = false
    router.refresh()
  }, [router])
}
