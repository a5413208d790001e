'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useBrowserDb } from '#components/session/browser-config.tsx'
import { jobsVersion } from './jobs-version.ts'

const QUICK_MS = 2_000
const CALM_MS = 20_000
const SOON_MS = 60_000

type WatchJobsProps = {
  brandId: string
  /** One piece, or every piece of the brand. */
  postId?: string
  /** What the page shows: id, status and moment of each job (jobsVersion). */
  shown: string
}

/**
 * Looks every two seconds while something is on its way, and lets the page come anew once anything moved.
 * Nothing is drawn here, and nothing is asked while the tab is hidden or all is settled.
 */
export function WatchJobs({ brandId, postId, shown }: WatchJobsProps) {
  const db = useBrowserDb()
  const router = useRouter()
  const { data } = useQuery({
    queryKey: ['jobs under way', brandId, postId],
    queryFn: async ({ signal }) => {
      let jobs = db
        .from('publish_jobs')
        .select('id, status, updated_at, scheduled_for')
        .eq('brand_id', brandId)
        .order('created_at', { ascending: false })
        .order('id')
        .limit(100)
      if (postId) jobs = jobs.eq('content_id', postId)
      const { data } = await jobs.abortSignal(signal).throwOnError()
      return { version: jobsVersion(data), pace: paceOf(data) }
    },
    refetchInterval: ({ state }) => state.data?.pace ?? QUICK_MS,
    staleTime: 0,
  })

  useEffect(() => {
    if (data && data.version !== shown) router.refresh()
  }, [data, shown, router])
  return null
}

function paceOf(jobs: readonly { status: string; scheduled_for: string }[]): number | false {
  const open = jobs.filter((job) => ['scheduled', 'processing', 'outcome_unknown'].includes(job.status))
  if (open.length === 0) return false
  const isNear = open.some(
    (job) => job.status !== 'scheduled' || Date.parse(job.scheduled_for) - Date.now() < SOON_MS,
  )
  return isNear ? QUICK_MS : CALM_MS
}
