import type { Db } from '#lib/supabase/db.ts'

/** How a piece stands while others may decide on it; null once it is gone. One small request, from the browser. */
export async function readStanding(db: Db, postId: string, signal: AbortSignal) {
  const { data } = await db
    .from('content_items')
    .select('status, version, held_at')
    .eq('id', postId)
    .abortSignal(signal)
    .maybeSingle()
    .throwOnError()
  return data
}
