import 'server-only'
import { type Facts, sentenceFor } from '#lib/errors.ts'
import { afterCursor, type Page, toPage } from '#lib/page.ts'
import type { Db, Tables } from '#lib/supabase/db.ts'
import { signedAddresses } from './addresses.ts'
import type { MediaShelf } from './schema.ts'

const assetColumns =
  'id, filename, path, mime_type, size_bytes, width, height, alt_text, status, rejected_code, rejected_facts, usage_count, created_by, created_at'

type AssetRow = Pick<
  Tables<'media_assets'>,
  | 'id'
  | 'filename'
  | 'path'
  | 'mime_type'
  | 'size_bytes'
  | 'width'
  | 'height'
  | 'alt_text'
  | 'status'
  | 'rejected_code'
  | 'rejected_facts'
  | 'usage_count'
  | 'created_by'
  | 'created_at'
>

/** A file of the library. `url` opens it for a while; null where its bytes never came. */
export type Asset = {
  id: string
  filename: string
  url: string | null
  mimeType: string | null
  sizeBytes: number
  width: number | null
  height: number | null
  altText: string | null
  status: string
  /** Why its check refused it, in words. */
  rejected: string | null
  usageCount: number
  createdBy: string | null
  createdAt: string
}

type LibraryQuery = {
  brandId: string
  shelf: MediaShelf
  q: string
  after?: string | undefined
  limit?: number
}

/**
 * One shelf of a brand's library, newest first, and how many it holds (on the first page alone: further on
 * the count would be of the rest). One Data API request and one for the addresses.
 */
export async function listLibrary(
  db: Db,
  { brandId, shelf, q, after, limit = 60 }: LibraryQuery,
): Promise<Page<Asset> & { count: number | null }> {
  const cursor = afterCursor(['created_at', 'id'], after, 'descending')
  let query = db
    .from('media_assets')
    .select(assetColumns, cursor ? {} : { count: 'exact' })
    .eq('brand_id', brandId)
    .in('status', shelfStatuses[shelf])
  if (shelf === 'unused') query = query.eq('usage_count', 0)
  if (shelf === 'undescribed') query = query.is('alt_text', null)
  if (q) query = query.or(`filename.ilike.${pattern(q)},alt_text.ilike.${pattern(q)}`)
  if (cursor) query = query.or(cursor)
  const { data, count } = await query
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(limit + 1)
    .throwOnError()
  const page = toPage(data, limit, (row) => [row.created_at, row.id])
  return { rows: await asAssets(db, page.rows), next: page.next, count }
}

const shelfStatuses: Record<MediaShelf, string[]> = {
  library: ['active', 'processing'],
  unused: ['active'],
  undescribed: ['active'],
  refused: ['rejected'],
  archived: ['archived'],
}

/** Files by id, in no order; those the caller may not see are missing. */
export async function listAssets(
  db: Db,
  { brandId, ids }: { brandId: string; ids: string[] },
): Promise<Asset[]> {
  if (ids.length === 0) return []
  const { data } = await db
    .from('media_assets')
    .select(assetColumns)
    .eq('brand_id', brandId)
    .in('id', [...new Set(ids)])
    .throwOnError()
  return asAssets(db, data)
}

/** Small pictures of pieces, by asset id. One Data API request and one for the addresses. */
export async function thumbsOf(
  db: Db,
  { brandId, ids }: { brandId: string; ids: string[] },
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { data } = await db
    .from('media_assets')
    .select('id, path')
    .eq('brand_id', brandId)
    .in('id', [...new Set(ids)])
    .throwOnError()
  const addresses = await signedAddresses(
    db,
    data.map((row) => row.path),
  )
  return new Map(
    data.flatMap((row) => {
      const url = addresses.get(row.path)
      return url ? [[row.id, url]] : []
    }),
  )
}

export type AssetUse = { number: number; title: string | null; status: string }

/** The pieces that show a file now, newest first. */
export async function listUses(
  db: Db,
  { brandId, assetId }: { brandId: string; assetId: string },
): Promise<AssetUse[]> {
  const { data } = await db
    .from('content_items')
    .select('number, title, status')
    .eq('brand_id', brandId)
    .contains('content', { media: [assetId] })
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(50)
    .throwOnError()
  return data
}

export type Quota = { usedBytes: number; limitBytes: number }

export async function readQuota(db: Db, { brandId }: { brandId: string }): Promise<Quota> {
  const { data } = await db
    .from('storage_quotas')
    .select('used_bytes, limit_bytes')
    .eq('brand_id', brandId)
    .single()
    .throwOnError()
  return { usedBytes: data.used_bytes, limitBytes: data.limit_bytes }
}

async function asAssets(db: Db, rows: AssetRow[]): Promise<Asset[]> {
  const shown = rows.filter((row) => row.status === 'active' || row.status === 'archived')
  const addresses = await signedAddresses(
    db,
    shown.map((row) => row.path),
  )
  return rows.map((row) => ({
    id: row.id,
    filename: row.filename,
    url: addresses.get(row.path) ?? null,
    mimeType: row.mime_type,
    sizeBytes: row.size_bytes,
    width: row.width,
    height: row.height,
    altText: row.alt_text,
    status: row.status,
    rejected: row.rejected_code === null ? null : sentenceFor(row.rejected_code, asFacts(row.rejected_facts)),
    usageCount: row.usage_count,
    createdBy: row.created_by,
    createdAt: row.created_at,
  }))
}

function asFacts(facts: AssetRow['rejected_facts']): Facts {
  return typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? facts : {}
}

/** What was typed, taken literally, anywhere in a text; quoted for the Data API's `or`. */
function pattern(typed: string): string {
  const literal = typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)
  return `"%${literal.replace(/["\\]/g, (sign) => `\\${sign}`)}%"`
}
