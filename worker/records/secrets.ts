import type { Vault } from '#lib/connections/secrets.ts'
import type { Sql } from './sql.ts'

export type Secrets = {
  /** The account's current token in clear, for this one use; null where none is kept. */
  accessToken(connection: { tenantId: string; connectionId: string }): Promise<string | null>
}

export function createSecrets(sql: Sql, vault: Vault): Secrets {
  return {
    async accessToken({ tenantId, connectionId }) {
      const [row] = await sql<
        {
          version: number
          key_id: string
          wrapped_key: string
          encrypted_value: string
          iv: string
          auth_tag: string
        }[]
      >`
        select version, key_id, wrapped_key, encrypted_value, iv, auth_tag
        from public.encrypted_secrets
        where connection_id = ${connectionId} and tenant_id = ${tenantId} and secret_type = 'access_token'
        order by version desc limit 1`
      if (!row) return null
      return vault.open(
        {
          keyId: row.key_id,
          wrappedKey: row.wrapped_key,
          encryptedValue: row.encrypted_value,
          iv: row.iv,
          authTag: row.auth_tag,
        },
        { tenantId, connectionId, secretType: 'access_token', version: row.version },
      )
    },
  }
}
