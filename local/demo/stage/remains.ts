import { cast } from '#local/demo/cast.ts'
import type { Sql } from '#worker/records/sql.ts'
import type { People, Progress } from './people.ts'
import type { SandboxControl } from './sandbox.ts'

/** How far an earlier run came. */
export async function storySoFar(sql: Sql): Promise<Progress | 'untold'> {
  const emails = Object.values(cast).map(({ email }) => email)
  const accounts = await sql<{ progress: string | null }[]>`
    select raw_app_meta_data ->> 'demo_story' as progress from auth.users where email = any (${emails})`
  if (accounts.length === 0) return 'untold'
  return accounts.some(({ progress }) => progress === 'told') ? 'told' : 'begun'
}

/**
 * A story that broke off is told from its beginning, since its days hang on the day it is told. Its agency,
 * files and accounts go; its audit rows stay, as all audit rows do.
 */
export async function clearRemains(sql: Sql, people: People, sandbox: SandboxControl): Promise<void> {
  const emails = Object.values(cast).map(({ email }) => email)
  const accounts = await sql<{ id: string }[]>`select id from auth.users where email = any (${emails})`
  const ids = accounts.map(({ id }) => id)
  const tenants = await sql<{ id: string }[]>`
    select tenant_id as id from public.tenant_members where role = 'owner' and user_id = any (${ids})`
  const files = await sql<{ path: string }[]>`
    select o.name as path from storage.objects o
    join public.media_assets a on starts_with(o.name, a.brand_id || '/' || a.id || '/')
    where o.bucket_id = 'media' and a.tenant_id = any (${tenants.map(({ id }) => id)})`
  await sql`delete from public.brands where tenant_id = any (${tenants.map(({ id }) => id)})`
  await sql`delete from public.tenants where id = any (${tenants.map(({ id }) => id)})`
  await people.remove(
    ids,
    files.map(({ path }) => path),
  )
  await sandbox.reset()
}

/** A worker at work would do today what the story wants done last month. */
export async function workerIsRunning(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ running: boolean }[]>`
    select exists (
      select from private.worker_heartbeats where beat_at > now() - interval '10 seconds'
    ) as running`
  return row?.running === true
}
