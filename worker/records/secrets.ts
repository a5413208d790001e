import type { SealedSecret, SecretBinding, Vault } from '#lib/connections/secrets.ts'
import { inBatches } from './batches.ts'
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
  connectionId: string
  secretType: SecretBinding['secretType']
  version: number
  expiresAt: Date | null
}

export function createSecrets(sql: Sql, vault: Vault): Secrets {
  const current = inBatches(1_000, async (connections: readonly Connection[]): Promise<Row[][]> => {
    const rows = await sql<Row[]>`
      select distinct on (s.connection_id, s.secret_type) s.connection_id as "connectionId", s.secret_type as "secretType", s.version,
        s.key_id as "keyId", s.wrapped_key as "wrappedKey", s.encrypted_value as "encryptedValue", s.iv, s.auth_tag as "authTag",
        s.expires_at as "expiresAt"
      from unnest(${connections.map((one) => one.connectionId)}::uuid[], ${connections.map((one) => one.tenantId)}::uuid[])
        as asked (connection_id, tenant_id)
      join public.encrypted_secrets s on s.connection_id = asked.connection_id and s.tenant_id = asked.tenant_id
      where s.secret_type in ('access_token', 'refresh_token')
      order by s.connection_id, s.secret_type, s.version desc`
    const byConnection = Map.groupBy(rows, ({ connectionId }) => connectionId)
    return connections.map(({ connectionId }) => byConnection.get(connectionId) ?? [])
  })
  const open = (row: Row, { tenantId, connectionId }: Connection) =>
    vault.open(row, { tenantId, connectionId, secretType: row.secretType, version: row.version })

  return {
    async tokens(connection) {
      const rows = await current(connection)
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
      const rows = await current(connection)
      const access = rows.find(({ secretType }) => secretType === 'access_token')
      return access ? open(access, connection) : null
    },
  }
}
