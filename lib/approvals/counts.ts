import 'server-only'
import type { Db } from '#lib/supabase/db.ts'

/** How many pieces of each brand wait for the caller's own decision. One Data API request. */
export async function countAskedOfMe(db: Db, { userId }: { userId: string }): Promise<Map<string, number>> {
  const { data } = await db
    .from('approval_requests')
    .select('brand_id')
    .eq('assigned_to', userId)
    .eq('status', 'pending')
    .limit(5000)
    .throwOnError()
  const counts = new Map<string, number>()
  for (const { brand_id } of data) counts.set(brand_id, (counts.get(brand_id) ?? 0) + 1)
  return counts
}
