'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const CALM_MS = 60_000
const QUICK_MS = 4_000

/**
 * The page comes anew once a minute while somebody looks at it, every few seconds while something is on its
 * way, and at once when they come back to it.
 */
export function KeepFresh({ isMoving }: { isMoving: boolean }) {
  const everyMs = isMoving ? QUICK_MS : CALM_MS
  const router = useRouter()
  useEffect(() => {
    let readAt = Date.now()
    function look() {
      if (document.hidden || Date.now() - readAt < everyMs) return
      readAt = Date.now()
      router.refresh()
    }
    const timer = setInterval(look, everyMs / 4)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [router, everyMs])
  return null
}
