'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'

/**
 * Lets the page come anew, one time after the other: asked again while one is under way, it comes once
 * more after that. Many at once would each wait for the last, and the page would show none of them.
 */
export function useRefresh(): () => void {
  const router = useRouter()
  const [isUnderway, start] = useTransition()
  const underway = useRef(false)
  const again = useRef(false)

  useEffect(() => {
    underway.current = isUnderway
    if (isUnderway || !again.current) return
    again.current = false
    start(() => router.refresh())
  }, [isUnderway, router])

  return () => {
    if (underway.current) again.current = true
    else {
      underway.current = true
      start(() => router.refresh())
    }
  }
}
