import 'server-only'
import type { Db } from '#lib/supabase/db.ts'
import type { PostState } from './schema.ts'
import { numberIn, shownState } from './states.ts'

type SearchedBrand = { id: string; code: string; slug: string; timeZone: string }

export type FoundPiece = {
  id: string
  brand: SearchedBrand
  number: number
  title: string
  state: PostState
  at: string | null
}

/**
 * Pieces of these brands by number ("OE-318") or by words of their title, newest first. One Data API request;
 * it names the brands, without which row security could use no index.
 */
export async function findPieces(
  db: Db,
  { brands, words, limit = 8 }: { brands: SearchedBrand[]; words: string; limit?: number },
): Promise<FoundPiece[]> {
  const numbered = brands.flatMap((brand) => {
    const number = numberIn(words, brand.code)
    return number === null ? [] : `and(brand_id.eq.${brand.id},number.eq.${number})`
  })
  const query = db
    .from('content_items')
    .select('id, brand_id, number, title, status, scheduled_for, published_at, unknown:publish_jobs(id)')
    .eq('unknown.status', 'outcome_unknown')
    .in(
      'brand_id',
      brands.map((brand) => brand.id),
    )
    .neq('status', 'archived')
  const { data } = await (numbered.length > 0
    ? query.or(numbered.join(','))
    : query.ilike('title', `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)
  )
    .order('created_at', { ascending: false })
    .limit(limit)
    .throwOnError()
  const brandOf = new Map(brands.map((brand) => [brand.id, brand]))
  return data.flatMap((row) => {
    const brand = brandOf.get(row.brand_id)
    if (!brand) return []
    return {
      id: row.id,
      brand,
      number: row.number,
      title: row.title ?? 'Untitled',
      state: shownState(row.status, row.unknown.length > 0),
      at: row.published_at ?? row.scheduled_for,
    }
  })
}
