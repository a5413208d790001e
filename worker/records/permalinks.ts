import { z } from 'zod'
import type { Sql } from './sql.ts'

const claim = z
  .object({
    job_id: z.uuid(),
    tenant_id: z.uuid(),
    connection_id: z.uuid(),
    platform: z.enum(['meta']),
    network: z.enum(['facebook', 'instagram']),
    platform_post_id: z.string().min(1),
  })
  .transform((c) => ({
    jobId: c.job_id,
    tenantId: c.tenant_id,
    connectionId: c.connection_id,
    platform: c.platform,
    network: c.network,
    postId: c.platform_post_id,
  }))

/** A post that is out at an address nobody knows yet. */
export type PermalinkClaim = z.infer<typeof claim>

export type Permalinks = {
  /** The next one that is due, moved to its next time at once; null: none is. */
  claim(): Promise<PermalinkClaim | null>
  record(jobId: string, permalink: string): Promise<void>
}

export function createPermalinks(sql: Sql): Permalinks {
  return {
    async claim() {
      const [row] = await sql`select private.claim_permalink_look() as claim`
      return row?.claim ? claim.parse(row.claim) : null
    },
    async record(jobId, permalink) {
      await sql`select private.record_permalink(${jobId}, ${permalink})`
    },
  }
}
