import postgres from 'postgres'
import { z } from 'zod'
import type { SealedSecret } from '#lib/connections/secrets.ts'
import type { ConnectedAccount } from '#lib/platforms/contract.ts'
import type { Sql } from './sql.ts'

/** The brand's accounts of this platform as they are, and the version of each one's next token. */
const existing = z
  .array(z.object({ connection_id: z.uuid(), account_id: z.string(), next_version: z.number().int() }))
  .transform((accounts) =>
    accounts.map((account) => ({
      connectionId: account.connection_id,
      platformAccountId: account.account_id,
      nextVersion: account.next_version,
    })),
  )
export type ExistingAccount = z.infer<typeof existing>[number]

const received = z
  .object({
    oauth_state_id: z.uuid(),
    tenant_id: z.uuid(),
    brand_id: z.uuid(),
    platform: z.enum(['meta']),
    code: z.string(),
    redirect_uri: z.string(),
    existing,
  })
  .transform((row) => ({
    stateId: row.oauth_state_id,
    tenantId: row.tenant_id,
    platform: row.platform,
    code: row.code,
    redirectUri: row.redirect_uri,
    existing: row.existing,
  }))
export type ReceivedCode = z.infer<typeof received>

export type SealedAccount = {
  account: ConnectedAccount
  /** Chosen here, since the sealed token is bound to it. */
  connectionId: string
  version: number
  sealed: SealedSecret
  /** What a new token is asked with, where the platform gives such a thing. */
  sealedRefresh: SealedSecret | null
}

const SERIALIZATION_FAILURE = '40001'

export type OauthRecords = {
  /** The code is handed out once; null: it was taken, or nothing is to do. */
  claim(stateId: string): Promise<ReceivedCode | null>
  existingAccounts(stateId: string): Promise<ExistingAccount[]>
  /** false: one of the accounts was connected meanwhile, under an id other than the one it was sealed to. */
  recordConnected(
    stateId: string,
    accounts: readonly SealedAccount[],
    skipped: readonly { name: string; reason: string }[],
  ): Promise<boolean>
  recordFailure(stateId: string, code: string, facts: Readonly<Record<string, unknown>>): Promise<void>
}

export function createOauthRecords(sql: Sql): OauthRecords {
  const record = async (stateId: string, result: Parameters<Sql['json']>[0]) => {
    await sql`select private.record_oauth_result(${stateId}, ${sql.json(result)})`
  }
  return {
    async claim(stateId) {
      const [row] = await sql`select private.claim_oauth_exchange(${stateId}) as claim`
      return row?.claim ? received.parse(row.claim) : null
    },
    async existingAccounts(stateId) {
      const [row] = await sql`select private.existing_accounts(${stateId}) as accounts`
      return existing.parse(row?.accounts)
    },
    async recordConnected(stateId, accounts, skipped) {
      try {
        await record(stateId, {
          kind: 'connected',
          accounts: accounts.map(asRecord),
          skipped: skipped.map((page) => ({ ...page })),
        })
        return true
      } catch (error) {
        if (error instanceof postgres.PostgresError && error.code === SERIALIZATION_FAILURE) return false
        throw error
      }
    },
    recordFailure: (stateId, code, facts) =>
      record(stateId, { kind: 'failed', code, facts: z.json().parse(facts) }),
  }
}

function asRecord({ account, connectionId, version, sealed, sealedRefresh }: SealedAccount) {
  return {
    connection_id: connectionId,
    network: account.network,
    platform_user_id: account.platformUserId,
    account_id: account.platformAccountId,
    display_name: account.accountName,
    profile_image_url: account.avatarUrl,
    scopes: [...account.scopes],
    token_expires_at: account.tokenExpiresAt?.toISOString() ?? null,
    secret: secretRecord(sealed, version),
    refresh_secret: sealedRefresh && secretRecord(sealedRefresh, version),
  }
}

function secretRecord(sealed: SealedSecret, version: number) {
  return {
    version,
    key_id: sealed.keyId,
    wrapped_key: sealed.wrappedKey,
    encrypted_value: sealed.encryptedValue,
    iv: sealed.iv,
    auth_tag: sealed.authTag,
  }
}
