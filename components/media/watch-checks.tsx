'use client'

import { useEffect, useEffectEvent, useRef } from 'react'
import { useRefresh } from './use-refresh.ts'

const EVERY_MS = 2_000
/** A check takes a second; what is not through after these looks was left behind by a closed tab. */
const MOST_LOOKS = 15

/** Lets the page come anew while files on it are being checked. Draws nothing. */
export function WatchChecks({ count }: { count: number }) {
  const refresh = useEffectEvent(useRefresh())
  const looks = useRef(0)
  useEffect(() => {
    if (count === 0) return
    looks.current = 0
    const timer = setInterval(() => {
      looks.current += 1
      if (looks.current > MOST_LOOKS) clearInterval(timer)
      else if (!document.hidden) refresh()
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [count])
  return null
}
