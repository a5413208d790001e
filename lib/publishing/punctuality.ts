import 'server-only'
import type { Db } from '#lib/supabase/db.ts'

export const LATENESS_DAYS = 30

/** The ranges of `within`, in seconds; the last has no end. The promises are 1, 5 and 15 s. */
export const LATENESS_RANGES = [
  'under 1 s',
  '1 to 2 s',
  '2 to 5 s',
  '5 to 15 s',
  '15 to 60 s',
  '1 min or more',
]

/** How late posts went out, of one brand and network or of all (null). */
export type Punctuality = {
  brandId: string | null
  network: string | null
  posts: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  worstMs: number
  /** Posts in each of LATENESS_RANGES. */
  within: number[]
}

/** Every brand the caller reads, each network, each pair and all together. One request. */
export async function readPunctuality(db: Db): Promise<Punctuality[]> {
  const { data } = await db.rpc('publishing_lateness', { days: LATENESS_DAYS }).throwOnError()
  return data.map((row) => ({
    brandId: row.brand_id,
    network: row.network,
    posts: row.posts,
    p50Ms: row.p50_ms,
    p95Ms: row.p95_ms,
    p99Ms: row.p99_ms,
    worstMs: row.worst_ms,
    within: row.within,
  }))
}
