import 'server-only'
import type { Db } from '#lib/supabase/db.ts'
import { signedAddresses } from './addresses.ts'
import { stillPathOf } from './still.ts'

/** Small pictures of pieces, by asset id. One Data API request and one for the addresses. */
export async function thumbsOf(
  db: Db,
  { brandId, ids }: { brandId: string; ids: string[] },
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { data } = await db
    .from('media_assets')
    .select('id, path, mime_type, variants')
    .eq('brand_id', brandId)
    .in('id', [...new Set(ids)])
    .throwOnError()
  const addresses = await signedAddresses(
    db,
    data.flatMap((row) => stillPathOf(row) ?? []),
  )
  return new Map(
    data.flatMap((row) => {
      const url = addresses.get(stillPathOf(row) ?? '')
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
