'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useBrowserDb } from '#components/session/browser-config.tsx'
import { readStanding } from '#lib/content/watched.ts'

const EVERY_MS = 8_000

type WatchPostProps = { postId: string; status: string; version: number; heldAt: string | null }

/** While others may decide on a piece, looks whether they did, and lets the page come anew. Draws nothing. */
export function WatchPost({ postId, status, version, heldAt }: WatchPostProps) {
  const db = useBrowserDb()
  const router = useRouter()
  const isWithOthers = ['pending_review', 'approved', 'scheduled'].includes(status)
  const { data } = useQuery({
    queryKey: ['post watched', postId],
    queryFn: ({ signal }) => readStanding(db, postId, signal),
    enabled: isWithOthers,
    refetchInterval: EVERY_MS,
    staleTime: 0,
  })

  const moved =
    isWithOthers &&
    data != null &&
    (data.status !== status || data.version !== version || data.held_at !== heldAt)
  useEffect(() => {
    if (moved) router.refresh()
  }, [moved, router])
  return null
}
