import 'server-only'
import type { Db, Tables } from '#lib/supabase/db.ts'
import { type AccountHealth, healthOf } from './health.ts'
import { type Attempt, attempt, attemptColumns } from './schema.ts'

// Other areas meet this one here alone.
export { type AccountHealth, healthOf } from './health.ts'

const connectionColumns =
  'id, brand_id, network, display_name, status, health_status, health_check_error, token_expires_at, requires_reconnect, paused_at, last_used_at, last_health_check' as const

type ConnectionRow = Pick<
  Tables<'connections'>,
  | 'id'
  | 'brand_id'
  | 'network'
  | 'display_name'
  | 'status'
  | 'health_status'
  | 'health_check_error'
  | 'token_expires_at'
  | 'requires_reconnect'
  | 'paused_at'
  | 'last_used_at'
  | 'last_health_check'
>

/** An account of a brand, and how it is. */
export type Connection = {
  id: string
  brandId: string
  network: string
  accountName: string
  health: AccountHealth
  /** The code of what ended its access. */
  problemCode: string | null
  tokenExpiresAt: string | null
  lastUsedAt: string | null
  checkedAt: string | null
}

/**
 * Accounts by name: of one brand, or of every brand on which the caller sees accounts. One request.
 * Disconnected ones are among them.
 */
export async function listConnections(
  db: Db,
  { brandId, now }: { brandId?: string | undefined; now: Date },
): Promise<Connection[]> {
  let query = db.from('connections').select(connectionColumns)
  if (brandId) query = query.eq('brand_id', brandId)
  const { data } = await query.order('display_name').order('id').limit(1000).throwOnError()
  return data.map((row) => asConnection(row, now))
}

function asConnection(row: ConnectionRow, now: Date): Connection {
  return {
    id: row.id,
    brandId: row.brand_id,
    network: row.network,
    accountName: row.display_name,
    health: healthOf(
      {
        status: row.status,
        healthStatus: row.health_status,
        requiresReconnect: row.requires_reconnect,
        pausedAt: row.paused_at,
        tokenExpiresAt: row.token_expires_at,
      },
      now,
    ),
    problemCode: row.health_check_error,
    tokenExpiresAt: row.token_expires_at,
    lastUsedAt: row.last_used_at,
    checkedAt: row.last_health_check,
  }
}

/** A post that waits to go out through an account. */
export type WaitingPost = { connectionId: string; number: number; title: string; at: string }

/** Posts that wait for a brand's accounts, soonest first. One request. */
export async function listWaitingPosts(db: Db, { brandId }: { brandId: string }): Promise<WaitingPost[]> {
  const { data } = await db
    .from('publish_jobs')
    .select('connection_id, scheduled_for, piece:content_versions(number, title)')
    .eq('brand_id', brandId)
    .in('status', ['pending', 'scheduled', 'paused'])
    .order('scheduled_for')
    .order('id')
    .limit(1000)
    .throwOnError()
  return data.map(({ connection_id, scheduled_for, piece }) => ({
    connectionId: connection_id,
    number: piece.number,
    title: piece.title ?? 'Untitled',
    at: scheduled_for,
  }))
}

/** An attempt to connect that the caller started; null for anyone else's. */
export async function readAttempt(db: Db, { id }: { id: string }): Promise<Attempt | null> {
  const { data } = await db
    .from('oauth_states')
    .select(attemptColumns)
    .eq('id', id)
    .maybeSingle()
    .throwOnError()
  return data && attempt.parse(data)
}
