import type { SealedSecret, SecretBinding, Vault } from '#lib/connections/secrets.ts'
import type { Sql } from './sql.ts'

type Connection = { tenantId: string; connectionId: string }

/** An account's tokens in clear, for this one use. */
export type Tokens = {
  accessToken: string
  /** Of the access token; what is learned about it is told with its version. */
  version: number
  /** null: no clock ends it. */
  expiresAt: Date | null
  refreshToken: string | null
}

export type Secrets = {
  /** null where none is kept. */
  tokens(connection: Connection): Promise<Tokens | null>
  /** The current access token alone; null where none is kept. */
  accessToken(connection: Connection): Promise<string | null>
}

type Row = SealedSecret & {
  secretType: SecretBinding['secretType']
  version: number
  expiresAt: Date | null
}

export function createSecrets(sql: Sql, vault: Vault): Secrets {
  async function current({ tenantId, connectionId }: Connection, types: string[]): Promise<Row[]> {
    return sql<Row[]>`
      select distinct on (secret_type) secret_type as "secretType", version, key_id as "keyId", wrapped_key as "wrappedKey",
        encrypted_value as "encryptedValue", iv, auth_tag as "authTag", expires_at as "expiresAt"
      from public.encrypted_secrets
      where connection_id = ${connectionId} and tenant_id = ${tenantId} and secret_type = any (${types})
      order by secret_type, version desc`
  }
  const open = (row: Row, { tenantId, connectionId }: Connection) =>
    vault.open(row, { tenantId, connectionId, secretType: row.secretType, version: row.version })

  return {
    async tokens(connection) {
      const rows = await current(connection, ['access_token', 'refresh_token'])
      const access = rows.find(({ secretType }) => secretType === 'access_token')
      if (!access) return null
      const refresh = rows.find(({ secretType }) => secretType === 'refresh_token')
      return {
        accessToken: open(access, connection),
        version: access.version,
        expiresAt: access.expiresAt,
        refreshToken: refresh ? open(refresh, connection) : null,
      }
    },

    async accessToken(connection) {
      const [access] = await current(connection, ['access_token'])
      return access ? open(access, connection) : null
    },
  }
}
