import { z } from 'zod'
import type { Inspection } from '../media/images.ts'
import type { Sql } from './sql.ts'

const waiting = z
  .object({ id: z.uuid(), path: z.string(), mime_type: z.string().nullable() })
  .transform((row) => ({ assetId: row.id, path: row.path, claimedType: row.mime_type ?? '' }))

export type WaitingMedia = z.infer<typeof waiting>

export type MediaRecords = {
  /** null: it was checked already. */
  toVerify(assetId: string): Promise<WaitingMedia | null>
  recordVerification(assetId: string, inspection: Inspection): Promise<void>
}

export function createMediaRecords(sql: Sql): MediaRecords {
  return {
    async toVerify(assetId) {
      const [row] = await sql`select id, path, mime_type from private.media_to_verify(${assetId})`
      // A function that returns one row gives a row of nulls where there is none.
      return row?.id ? waiting.parse(row) : null
    },
    async recordVerification(assetId, inspection) {
      await sql`select private.record_verification(${assetId}, ${sql.json(inspection)})`
    },
  }
}
