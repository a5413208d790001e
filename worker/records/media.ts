import { z } from 'zod'
import type { Inspection, Refused } from '../media/inspection.ts'
import type { Sql } from './sql.ts'

const place = z.object({ id: z.uuid(), brand_id: z.uuid() })
const waiting = place.extend({ path: z.string(), mime_type: z.string().nullable() }).transform((row) => ({
  assetId: row.id,
  path: row.path,
  folder: folderOf(row),
  claimedType: row.mime_type ?? '',
}))
const unwanted = z.array(place.transform((row) => ({ assetId: row.id, folder: folderOf(row) })))
const verdict = z.tuple([z.object({ verdict: z.enum(['active', 'rejected']).nullable() })])

export type WaitingMedia = z.infer<typeof waiting>
export type UnwantedMedia = z.infer<typeof unwanted>[number]
export type Verdict = z.infer<typeof verdict>[0]['verdict']

export type Variant = { size: 'poster'; width: number; height: number; path: string }

/** What the worker found; of a good file also where it laid the bytes that it read, and what it drew from them. */
export type Verification =
  | (Extract<Inspection, { ok: true }> & { path: string; variants?: Variant[] })
  | Refused

export type MediaRecords = {
  /** null: it was checked already. */
  toVerify(assetId: string): Promise<WaitingMedia | null>
  /** A good picture may be refused still: the brand has it, or no room. null: it was checked already. */
  recordVerification(assetId: string, found: Verification): Promise<Verdict>
  /** Assets whose bytes nobody wants; uploads given up long ago become such first. */
  toPurge(limit: number): Promise<UnwantedMedia[]>
  recordPurge(assetId: string): Promise<void>
}

export function createMediaRecords(sql: Sql): MediaRecords {
  return {
    async toVerify(assetId) {
      const [row] = await sql`select id, brand_id, path, mime_type from private.media_to_verify(${assetId})`
      // A function that returns one row gives a row of nulls where there is none.
      return row?.id ? waiting.parse(row) : null
    },
    async recordVerification(assetId, found) {
      const rows = await sql`select private.record_verification(${assetId}, ${sql.json(found)}) as verdict`
      return verdict.parse([...rows])[0].verdict
    },
    async toPurge(limit) {
      return unwanted.parse([...(await sql`select id, brand_id from private.media_to_purge(${limit})`)])
    },
    async recordPurge(assetId) {
      await sql`select private.record_purge(${assetId})`
    },
  }
}

/** Every object of an asset lies in here. */
function folderOf({ id, brand_id }: z.infer<typeof place>): string {
  return `${brand_id}/${id}`
}
