import type { Db } from '#lib/supabase/db.ts'

type Watched = { brandId: string; postId?: string | undefined; statuses: readonly string[] }

/** Jobs of a brand, or of one piece, that are not settled, soonest first. One small request, from the browser. */
export async function listUnsettled(db: Db, { brandId, postId, statuses }: Watched, signal: AbortSignal) {
  let jobs = db
    .from('publish_jobs')
    .select('id, status, updated_at, scheduled_for')
    .eq('brand_id', brandId)
    .in('status', statuses)
    .order('scheduled_for')
    .order('id')
    .limit(500)
  if (postId) jobs = jobs.eq('content_id', postId)
  const { data } = await jobs.abortSignal(signal).throwOnError()
  return data
}
