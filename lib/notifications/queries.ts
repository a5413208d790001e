import 'server-only'
import { afterCursor, type Page, toPage } from '#lib/page.ts'
import type { Db } from '#lib/supabase/db.ts'

/** A line of a person's inbox, and the piece it is about while that is there. */
export type Notice = {
  id: string
  type: string
  message: string
  at: string
  isRead: boolean
  brandId: string
  piece: { number: number; title: string } | null
}

/** The caller's own notices, newest first. One Data API request. */
export async function listInbox(
  db: Db,
  {
    userId,
    unreadOnly,
    after,
    limit = 50,
  }: { userId: string; unreadOnly: boolean; after?: string | undefined; limit?: number },
): Promise<Page<Notice>> {
  let query = db
    .from('workflow_notifications')
    .select(
      'id, type, message, read_at, created_at, brand_id, piece:content_items!workflow_notifications_content_id_brand_id_fkey(number, title)',
    )
    .eq('user_id', userId)
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(limit + 1)
  if (unreadOnly) query = query.is('read_at', null)
  const beyond = afterCursor(['created_at', 'id'], after, 'descending')
  const { data } = await (beyond ? query.or(beyond) : query).throwOnError()
  const page = toPage(data, limit, (row) => [row.created_at, row.id])
  return {
    next: page.next,
    rows: page.rows.map((row) => ({
      id: row.id,
      type: row.type,
      message: row.message,
      at: row.created_at,
      isRead: row.read_at !== null,
      brandId: row.brand_id,
      piece: row.piece && { number: row.piece.number, title: row.piece.title ?? 'Untitled' },
    })),
  }
}

/** How many of the caller's notices are unread. */
export async function countUnread(db: Db, { userId }: { userId: string }): Promise<number> {
  const { count } = await db
    .from('workflow_notifications')
    .select('id', { count: 'exact', head: true })
    .eq('user_id', userId)
    .is('read_at', null)
    .throwOnError()
  return count ?? 0
}
