'use client'

import { usePathname, useRouter } from 'next/navigation'
import { markPostsChanged } from './changed-posts.ts'

/**
 * Lets a piece's page come anew after an act. A page that began as "new" took the piece's address without
 * the router's knowledge, so it is gone to; one that knows its piece is only refreshed.
 */
export function useSettled(isBegunHere: boolean): () => void {
  const router = useRouter()
  const pathname = usePathname()
  return () => {
    markPostsChanged()
    if (isBegunHere) router.replace(pathname)
    else router.refresh()
  }
}
