'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useBrowserDb } from '#components/session/browser-config.tsx'
import { listUnsettled } from '#lib/publishing/watched.ts'
import { jobsVersion, OPEN_STATUSES } from './jobs-version.ts'

const QUICK_MS = 2_000
const CALM_MS = 20_000
const SOON_MS = 60_000

type WatchJobsProps = {
  brandIds: readonly string[]
  /** One piece, or every piece of the brands. */
  postId?: string
  /** What the page shows (jobsVersion); null where it shows a part, and the first look is what counts. */
  shown: string | null
}

/**
 * Looks every two seconds while something is on its way, and lets the page come anew once anything moved.
 * Nothing is drawn here, and nothing is asked while the tab is hidden or all is settled.
 */
export function WatchJobs({ brandIds, postId, shown }: WatchJobsProps) {
  const db = useBrowserDb()
  const router = useRouter()
  const { data } = useQuery({
    queryKey: ['jobs under way', brandIds, postId],
    queryFn: async ({ signal }) => {
      const jobs = await listUnsettled(db, { brandIds, postId, statuses: OPEN_STATUSES }, signal)
      return {
        version: jobsVersion(jobs.map((job) => ({ ...job, updatedAt: job.updated_at }))),
        pace: paceOf(jobs),
      }
    },
    refetchInterval: ({ state }) => state.data?.pace ?? QUICK_MS,
    staleTime: 0,
  })

  // Never fetched again for the same news, nor for what a page of a long queue leaves out.
  const told = useRef(shown)
  useEffect(() => {
    if (!data || data.version === shown || data.version === told.current) return
    const isFirstLook = told.current === null
    told.current = data.version
    if (!isFirstLook) router.refresh()
  }, [data, shown, router])
  return null
}

function paceOf(open: readonly { status: string; scheduled_for: string }[]): number | false {
  if (open.length === 0) return false
  const isNear = open.some(
    (job) =>
      job.status === 'processing' ||
      job.status === 'outcome_unknown' ||
      Date.parse(job.scheduled_for) - Date.now() < SOON_MS,
  )
  return isNear ? QUICK_MS : CALM_MS
}
