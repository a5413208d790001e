import { type Facts, sentenceFor } from '#lib/errors.ts'
import { afterCursor, type Page, toPage } from '#lib/page.ts'
import type { Db, Tables } from '#lib/supabase/db.ts'
import { signedAddresses } from './addresses.ts'
import { type MediaKind, type MediaShelf, mediaKind } from './schema.ts'
import { stillPathOf } from './still.ts'

// Read by pages on the server, and by the picker and the uploads in the browser.

const assetColumns =
  'id, filename, path, mime_type, size_bytes, width, height, duration_ms, variants, alt_text, status, rejected_code, rejected_facts, created_by, created_at'

type AssetRow = Pick<
  Tables<'media_assets'>,
  | 'id'
  | 'filename'
  | 'path'
  | 'mime_type'
  | 'size_bytes'
  | 'width'
  | 'height'
  | 'duration_ms'
  | 'variants'
  | 'alt_text'
  | 'status'
  | 'rejected_code'
  | 'rejected_facts'
  | 'created_by'
  | 'created_at'
>

/** A file of the library. `url` opens it for a while; null where its bytes never came. */
export type Asset = {
  id: string
  filename: string
  kind: MediaKind
  url: string | null
  /** The picture itself, or a video's still where one was drawn. */
  stillUrl: string | null
  mimeType: string | null
  sizeBytes: number
  width: number | null
  height: number | null
  durationMs: number | null
  altText: string | null
  status: string
  /** Why its check refused it, in words. */
  rejected: string | null
  /** The file that has the same bytes, where that is why. */
  twinId: string | null
  usageCount: number
  createdBy: string | null
  createdAt: string
}

type LibraryQuery = {
  brandId: string
  /** usable: what a new post may take. */
  shelf: MediaShelf | 'usable'
  q: string
  after?: string | undefined
  limit?: number
}

/**
 * One shelf of a brand's library, newest first, and how many it holds (on the first page alone: further on
 * the count would be of the rest). Two Data API requests and one for the addresses.
 */
export async function listLibrary(
  db: Db,
  { brandId, shelf, q, after, limit = 60 }: LibraryQuery,
): Promise<Page<Asset> & { count: number | null }> {
  const cursor = afterCursor(['created_at', 'id'], after, 'descending')
  // An embed that is asked to be null keeps the files without one.
  const columns: string =
    shelf === 'unused' ? `${assetColumns}, uses:media_usage_logs(asset_id)` : assetColumns
  let query = db
    .from('media_assets')
    .select(columns, cursor ? {} : { count: 'exact' })
    .eq('brand_id', brandId)
    .in('status', shelfStatuses[shelf])
  if (shelf === 'unused') query = query.is('uses', null)
  // No network takes words for videos, so they are not missing there.
  if (shelf === 'undescribed') query = query.is('alt_text', null).eq('kind', 'image')
  if (q) query = query.or(`filename.ilike.${pattern(q)},alt_text.ilike.${pattern(q)}`)
  if (cursor) query = query.or(cursor)
  const { data, count } = await query
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(limit + 1)
    // Both lists of columns begin as those that the other reads of AssetRow ask for, which are checked.
    .overrideTypes<AssetRow[], { merge: false }>()
    .throwOnError()
  const page = toPage(data, limit, (row) => [row.created_at, row.id])
  return { rows: await asAssets(db, page.rows), next: page.next, count }
}

const shelfStatuses: Record<LibraryQuery['shelf'], string[]> = {
  library: ['active', 'processing'],
  usable: ['active'],
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

/** One file, or null where it is gone or hidden. */
export async function readAsset(db: Db, assetId: string): Promise<Asset | null> {
  const { data } = await db
    .from('media_assets')
    .select(assetColumns)
    .eq('id', assetId)
    .maybeSingle()
    .throwOnError()
  return data ? ((await asAssets(db, [data]))[0] ?? null) : null
}

/** The usable file of a brand that has exactly these bytes, if one does. */
export async function findTwin(
  db: Db,
  { brandId, hash }: { brandId: string; hash: string },
): Promise<Asset | null> {
  const { data } = await db
    .from('media_assets')
    .select(assetColumns)
    .eq('brand_id', brandId)
    .eq('hash', hash)
    .eq('status', 'active')
    .maybeSingle()
    .throwOnError()
  return data ? ((await asAssets(db, [data]))[0] ?? null) : null
}

async function asAssets(db: Db, rows: AssetRow[]): Promise<Asset[]> {
  const shown = rows.filter((row) => row.status === 'active' || row.status === 'archived')
  const [addresses, uses] = await Promise.all([
    signedAddresses(
      db,
      shown.flatMap((row) => [row.path, stillPathOf(row) ?? row.path]),
    ),
    countUses(
      db,
      rows.map((row) => row.id),
    ),
  ])
  return rows.map((row) => ({
    id: row.id,
    filename: row.filename,
    kind: mediaKind(row.mime_type),
    url: addresses.get(row.path) ?? null,
    stillUrl: addresses.get(stillPathOf(row) ?? '') ?? null,
    mimeType: row.mime_type,
    sizeBytes: row.size_bytes,
    width: row.width,
    height: row.height,
    durationMs: row.duration_ms,
    altText: row.alt_text,
    status: row.status,
    rejected: row.rejected_code === null ? null : sentenceFor(row.rejected_code, asFacts(row.rejected_facts)),
    twinId: twinOf(asFacts(row.rejected_facts)),
    usageCount: uses.get(row.id) ?? 0,
    createdBy: row.created_by,
    createdAt: row.created_at,
  }))
}

/** Members alone read in how many places a file is used: a client sees it where it was shared, not in drafts. */
async function countUses(db: Db, ids: string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const { data } = await db.rpc('media_uses', { asset_ids: ids }).throwOnError()
  return new Map(data.map(({ asset_id, uses }) => [asset_id, uses]))
}

function twinOf(facts: Facts): string | null {
  return typeof facts.asset_id === 'string' ? facts.asset_id : null
}

function asFacts(facts: AssetRow['rejected_facts']): Facts {
  return typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? facts : {}
}

/** What was typed, taken literally, anywhere in a text; quoted for the Data API's `or`. */
function pattern(typed: string): string {
  const literal = typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)
  return `"%${literal.replace(/["\\]/g, (sign) => `\\${sign}`)}%"`
}
