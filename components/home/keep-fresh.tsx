'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MS = 60_000

/** The page comes anew once a minute while somebody looks at it, and at once when they come back to it. */
export function KeepFresh() {
  const router = useRouter()
  useEffect(() => {
    let readAt = Date.now()
    function look() {
      if (document.hidden || Date.now() - readAt < EVERY_MS) return
      readAt = Date.now()
      router.refresh()
    }
    const timer = setInterval(look, EVERY_MS / 4)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [router])
  return null
}
