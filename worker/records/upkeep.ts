import { z } from 'zod'
import type { SealedSecret } from '#lib/connections/secrets.ts'
import type { PlatformError } from '#lib/platforms/contract.ts'
import type { Sql } from './sql.ts'

const claim = z
  .object({
    kind: z.enum(['refresh', 'check']),
    lease_token: z.uuid(),
    connection_id: z.uuid(),
    tenant_id: z.uuid(),
    platform: z.enum(['meta']),
    network: z.enum(['facebook', 'instagram']),
    account_id: z.string().min(1),
  })
  .transform((c) => ({
    kind: c.kind,
    leaseToken: c.lease_token,
    connectionId: c.connection_id,
    tenantId: c.tenant_id,
    platform: c.platform,
    network: c.network,
    accountId: c.account_id,
  }))
/** One account that this worker alone takes care of now: its token is to be renewed, or it is to be looked at. */
export type UpkeepClaim = z.infer<typeof claim>

const busy = z.object({ kind: z.literal('busy') }).transform(() => 'busy' as const)

export type UpkeepResult =
  | {
      kind: 'refreshed'
      tokenExpiresAt: Date | null
      secrets: readonly { secretType: 'access_token' | 'refresh_token'; sealed: SealedSecret }[]
    }
  | { kind: 'usable' }
  | { kind: 'not_needed' }
  | { kind: 'failed'; error: PlatformError }

export type Upkeep = {
  /** The next account that is due; null: none is. */
  claim(leaseMs: number): Promise<UpkeepClaim | null>
  /** This account's token has ended and is needed now; busy: another worker is asking for a new one already. */
  claimEnded(connectionId: string, leaseMs: number): Promise<UpkeepClaim | 'busy' | null>
  /** `version`: of the token that it is about. false: the account has a newer one, or is gone. */
  record(claim: UpkeepClaim, version: number, result: UpkeepResult): Promise<boolean>
}

export function createUpkeep(sql: Sql): Upkeep {
  return {
    async claim(leaseMs) {
      const [row] = await sql`select private.claim_upkeep(${leaseMs}) as claim`
      return row?.claim ? claim.parse(row.claim) : null
    },
    async claimEnded(connectionId, leaseMs) {
      const [row] = await sql`select private.claim_upkeep(${leaseMs}, ${connectionId}) as claim`
      return row?.claim ? z.union([busy, claim]).parse(row.claim) : null
    },
    async record(claimed, version, result) {
      const [row] = await sql`
        select private.record_upkeep(
          ${claimed.connectionId}, ${claimed.leaseToken}, ${version}, ${sql.json(asRecord(claimed, result))}
        ) as kept`
      return row?.kept === true
    },
  }
}

function asRecord({ kind: during }: UpkeepClaim, result: UpkeepResult) {
  if (result.kind === 'failed') {
    const { class: of, code, retryAfterMs } = result.error
    return { kind: 'failed', during, class: of, code, retry_after_ms: retryAfterMs ?? null }
  }
  if (result.kind !== 'refreshed') return { kind: result.kind }
  return {
    kind: 'refreshed',
    token_expires_at: result.tokenExpiresAt?.toISOString() ?? null,
    secrets: result.secrets.map(({ secretType, sealed }) => ({
      secret_type: secretType,
      key_id: sealed.keyId,
      wrapped_key: sealed.wrappedKey,
      encrypted_value: sealed.encryptedValue,
      iv: sealed.iv,
      auth_tag: sealed.authTag,
    })),
  }
}
