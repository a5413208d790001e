import type { SecretBinding, WrappedKey } from '#lib/connections/secrets.ts'
import type { Sql } from './sql.ts'

export type SealedRow = WrappedKey & SecretBinding & { id: string }

export type Rotation = {
  /** How many secrets each key wraps. */
  countByKey(): Promise<{ keyId: string; secrets: number }[]>
  /**
   * Wraps up to `limit` secrets after `afterId` anew, in one short transaction. Rows that are being replaced this
   * moment are left to the next pass. `rewrap` answers null for what does not open.
   */
  rewrapBatch(
    batch: { currentKeyId: string; afterId: string | null; limit: number },
    rewrap: (row: SealedRow) => WrappedKey | null,
  ): Promise<{ seen: number; rewrapped: number; lastId: string | null }>
  /** Workers that beat in the last seconds and could not open what `keyId` wraps. */
  workersWithout(keyId: string): Promise<string[]>
}

const FIRST = '00000000-0000-0000-0000-000000000000'

export function createRotation(sql: Sql): Rotation {
  return {
    async countByKey() {
      return sql<{ keyId: string; secrets: number }[]>`
        select key_id as "keyId", count(*)::int as secrets from public.encrypted_secrets group by 1 order by 1`
    },

    async rewrapBatch({ currentKeyId, afterId, limit }, rewrap) {
      return sql.begin(async (transaction) => {
        const rows = await transaction<SealedRow[]>`
          select id, key_id as "keyId", wrapped_key as "wrappedKey", tenant_id as "tenantId",
            connection_id as "connectionId", secret_type as "secretType", version
          from public.encrypted_secrets
          where key_id <> ${currentKeyId} and id > ${afterId ?? FIRST}
          order by id limit ${limit}
          for update skip locked`
        const done = rows.flatMap((row) => {
          const wrapped = rewrap(row)
          return wrapped ? [{ id: row.id, ...wrapped }] : []
        })
        await transaction`
          update public.encrypted_secrets s set key_id = ${currentKeyId}, wrapped_key = n.wrapped_key
          from unnest(${done.map(({ id }) => id)}::uuid[], ${done.map(({ wrappedKey }) => wrappedKey)}::text[]) as n (id, wrapped_key)
          where s.id = n.id`
        return { seen: rows.length, rewrapped: done.length, lastId: rows.at(-1)?.id ?? null }
      })
    },

    async workersWithout(keyId) {
      const rows = await sql<{ worker: string }[]>`
        select format('%s (process %s)', facts ->> 'host', facts ->> 'pid') as worker
        from private.worker_heartbeats
        where beat_at > now() - interval '10 seconds' and not coalesce(facts -> 'keys' ? ${keyId}, false)
        order by 1`
      return rows.map(({ worker }) => worker)
    },
  }
}
