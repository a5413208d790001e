import 'server-only'
import type { Db } from '#lib/supabase/db.ts'
import type { PostState } from './schema.ts'
import { shownState } from './states.ts'

export type FoundPiece = {
  id: string
  brandId: string
  number: number
  title: string
  state: PostState
  at: string | null
}

/**
 * Pieces of the caller's brands by short name ("OE-318") or by the beginnings of words of their title and text: the
 * named one first, then the newest. One Data API request; the function asks for content.view itself.
 */
export async function findPieces(
  db: Db,
  { words, limit = 8 }: { words: string; limit?: number },
): Promise<FoundPiece[]> {
  const { data } = await db.rpc('search_posts', { words, max_rows: limit }).throwOnError()
  return data.map((row) => ({
    id: row.id,
    brandId: row.brand_id,
    number: row.number,
    title: row.title ?? 'Untitled',
    state: shownState(row.status, row.outcome_unknown),
    at: row.published_at ?? row.scheduled_for,
  }))
}
