import { z } from 'zod'
import type { Sql } from './sql.ts'

const queued = z
  .object({ id: z.uuid(), to_email: z.string(), template: z.string(), payload: z.unknown() })
  .transform((row) => ({
    emailId: row.id,
    toEmail: row.to_email,
    template: row.template,
    payload: row.payload,
  }))
export type QueuedEmail = z.infer<typeof queued>

export type Emails = {
  /** null: it was sent, suppressed, or another worker is sending it. */
  claim(emailId: string): Promise<QueuedEmail | null>
  /** Stores the hash of a link's token; the token itself is in the mail alone. */
  issueLinkToken(emailId: string, tokenHash: Buffer): Promise<void>
  record(emailId: string, result: { ok: true } | { ok: false; error: string }): Promise<void>
}

export function createEmails(sql: Sql): Emails {
  return {
    async claim(emailId) {
      const [row] = await sql`select id, to_email, template, payload from private.claim_email(${emailId})`
      return row?.id ? queued.parse(row) : null
    },
    async issueLinkToken(emailId, tokenHash) {
      await sql`select private.issue_link_token(${emailId}, ${tokenHash})`
    },
    async record(emailId, result) {
      await sql`select private.record_email(${emailId}, ${result.ok}, ${result.ok ? null : result.error})`
    },
  }
}
