import 'server-only'
import type { Db } from '#lib/supabase/db.ts'
import type { PauseScope } from './schema.ts'

/** Who works, and since when the oldest due post waits; null where the caller reads no brand. */
export type WorkerHealth = {
  workers: number
  lastBeatAt: string | null
  due: number
  oldestDueAt: string | null
}

export async function readWorkerHealth(db: Db): Promise<WorkerHealth | null> {
  const { data } = await db.rpc('worker_health').throwOnError()
  const [row] = data
  return row
    ? { workers: row.workers, lastBeatAt: row.last_beat_at, due: row.due, oldestDueAt: row.oldest_due_at }
    : null
}

/** Something that can be held back, and whether it is. */
export type PauseSwitch = {
  scope: PauseScope
  id: string
  name: string
  /** Of accounts alone. */
  network: string | null
  brandId: string | null
  tenantId: string
  /** Of accounts alone: the network no longer takes our key, and what it said then. */
  isLost: boolean
  lostCode: string | null
  pausedAt: string | null
  reason: string | null
  byName: string | null
  /** Posts that wait to go out through it, and the first one's time. */
  waiting: number
  nextAt: string | null
}

/** The switches of brands: their agencies, themselves, their accounts. Three requests. */
export async function listSwitches(
  db: Db,
  { brandIds }: { brandIds: readonly string[] },
): Promise<PauseSwitch[]> {
  const [{ data: brands }, { data: queued }, { data: pauses }] = await Promise.all([
    db
      .from('brands')
      .select(
        `id, name, paused_at,
         tenant:tenants!brands_tenant_id_fkey(id, name, paused_at),
         accounts:connections!connections_brand_id_tenant_id_fkey(id, display_name, network, paused_at, requires_reconnect, health_check_error)`,
      )
      .in('id', brandIds)
      .neq('accounts.status', 'disconnected')
      .order('name')
      .order('id')
      .order('display_name', { referencedTable: 'accounts' })
      .throwOnError(),
    db.rpc('publishing_queue').throwOnError(),
    db.rpc('publishing_pauses').throwOnError(),
  ])
  const rows = brands.flatMap(({ tenant, accounts, ...brand }) => {
    const own = { brandId: brand.id, tenantId: tenant.id }
    return [
      {
        scope: 'tenant' as const,
        brandId: null,
        tenantId: tenant.id,
        network: null,
        isLost: false,
        lostCode: null,
        row: tenant,
      },
      { scope: 'brand' as const, ...own, network: null, isLost: false, lostCode: null, row: brand },
      ...accounts.map(({ display_name, network, requires_reconnect, health_check_error, ...account }) => ({
        scope: 'connection' as const,
        ...own,
        network,
        isLost: requires_reconnect,
        lostCode: health_check_error,
        row: { ...account, name: display_name },
      })),
    ]
  })
  const pauseOf = new Map(pauses.map((pause) => [pause.id, pause]))
  const tenantOf = new Map(rows.map(({ brandId, tenantId }) => [brandId, tenantId]))
  return onceEach(rows).map(({ row, ...rest }) => {
    const ours = queued.filter((one) =>
      rest.scope === 'connection'
        ? one.connection_id === row.id
        : rest.scope === 'brand'
          ? one.brand_id === row.id
          : tenantOf.get(one.brand_id) === row.id,
    )
    return {
      ...rest,
      id: row.id,
      name: row.name,
      pausedAt: row.paused_at,
      reason: pauseOf.get(row.id)?.reason ?? null,
      byName: pauseOf.get(row.id)?.by_name ?? null,
      waiting: ours.reduce((sum, { waiting }) => sum + waiting, 0),
      nextAt: ours.map(({ next_at }) => next_at).sort()[0] ?? null,
    }
  })
}

/** An agency stands once, however many of its brands are asked for. */
function onceEach<Row extends { row: { id: string } }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((one) => [one.row.id, one])).values()]
}
