import 'server-only'
import { z } from 'zod'
import type { Db } from '#lib/supabase/db.ts'
import { type TimelineRow, timelineRow } from './schema.ts'

/** Every step of a piece, oldest first; a client gets theirs alone. One request. */
export async function readTimeline(db: Db, { postId }: { postId: string }): Promise<TimelineRow[]> {
  const { data } = await db.rpc('post_timeline', { post_id: postId }).throwOnError()
  return z.array(timelineRow).parse(data)
}
