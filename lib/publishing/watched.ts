import type { Db } from '#lib/supabase/db.ts'

type Watched = { brandIds: readonly string[]; postId?: string | undefined; statuses: readonly string[] }

/** Jobs of brands, or of one piece, that are not settled, soonest first. One small request, from the browser. */
export async function listUnsettled(db: Db, { brandIds, postId, statuses }: Watched, signal: AbortSignal) {
  let jobs = db
    .from('publish_jobs')
    .select('id, status, updated_at, scheduled_for')
    .in('brand_id', brandIds)
    .in('status', statuses)
    .order('scheduled_for')
    .order('id')
    .limit(500)
  if (postId) jobs = jobs.eq('content_id', postId)
  const { data } = await jobs.abortSignal(signal).throwOnError()
  return data
}
