import { readFileSync } from 'node:fs'
import type postgres from 'postgres'
import { z } from 'zod'
import type { ApprovalMode } from '#tests/support/agency.ts'
import type { Backend } from '#tests/support/backend.ts'
import { asPerson, type Cast, membership } from './cast.ts'
import { type Invariant, invariants } from './invariants.ts'

/** What differs between worlds. */
export type Setting = {
  modes: readonly [ApprovalMode, ApprovalMode]
  /** Of the second brand. */
  selfApproval: boolean
  /** Whether an agent wrote the second piece. */
  aiMade: boolean
}

/** Two brands of one agency that share an account, and three pieces: two of the first brand, one of the second. */
export type World = {
  db: postgres.Sql
  api: Backend['api']
  cast: Cast
  tenantId: string
  brandIds: readonly [string, string]
  /** Of the first brand: the shared account and its own. Of the second: the shared account. */
  connectionIds: readonly [string, string, string]
  postIds: readonly [string, string, string]
  /** How far the worker's clock is ahead of people's. */
  aheadMs: number
}

export async function prepareMemory(db: postgres.Sql): Promise<void> {
  await db.unsafe(readFileSync(new URL('memory.sql', import.meta.url), 'utf8')).simple()
}

const founded = z.object({ id: z.uuid() })

export type Stage = Pick<World, 'db' | 'api' | 'cast'>

export async function foundWorld(stage: Stage, setting: Setting): Promise<World> {
  const { db, cast } = stage
  const { tenantId, brandIds } = await asPerson(db, cast.owner, async (owner) => {
    const tenant = founded.parse((await owner`select id from public.create_tenant('Halyard Studio')`)[0])
    const brand = async (name: string, mode: string) =>
      founded.parse(
        (await owner`select id from public.create_brand(${tenant.id}, ${name}, 'Europe/London', ${mode})`)[0],
      ).id
    const first = await brand('Oat & Ember', setting.modes[0])
    const second = await brand('Tidewater', setting.modes[1])
    return { tenantId: tenant.id, brandIds: [first, second] as const }
  })
  await seat(db, cast, brandIds)
  await db`update public.brands set self_approval = ${setting.selfApproval} where id = ${brandIds[1]}`
  const connectionIds = await connect(db, tenantId, brandIds)
  const [shared, own, second] = connectionIds
  const postIds = await asPerson(db, cast.creator, async (creator) => {
    const post = async (brandId: string, body: string, accounts: readonly string[]) => {
      const channels = accounts.map((connection_id) => ({ connection_id }))
      const [row] = await creator`
        select id from public.create_post(${brandId}, 'Pie drop', ${body}, channels => ${creator.json(channels)})`
      return founded.parse(row).id
    }
    return [
      await post(brandIds[0], texts[0], [shared, own]),
      await post(brandIds[0], texts[1], [shared]),
      await post(brandIds[1], texts[0], [second]),
    ] as const
  })
  if (setting.aiMade)
    await db`update public.content_items set generated_by_agent = 'copywriter' where id = ${postIds[1]}`
  await db`call states.begin(${db.array([...brandIds])}::uuid[])`
  return { ...stage, tenantId, brandIds, connectionIds, postIds, aheadMs: 0 }
}

/** What pieces say, so that equal texts meet on one account. */
export const texts = ['Forty fig pies.', 'Plum week.', 'Half price until noon.'] as const

/** Those who are not there take their places, as an accepted invitation leaves them. */
export async function seat(db: postgres.Sql, cast: Cast, brandIds: readonly [string, string]) {
  for (const [name, [role, ...on]] of Object.entries(membership)) {
    const person = cast[name as keyof typeof membership]
    for (const brandId of brandIds.filter((_, n) => on[n]))
      await db`insert into public.brand_members (user_id, brand_id, role) values (${person.id}, ${brandId}, ${role}) on conflict do nothing`
  }
}

/** Accounts as the token exchange leaves them. */
async function connect(db: postgres.Sql, tenantId: string, [first, second]: readonly [string, string]) {
  const shared = `page-${tenantId}`
  const account = async (brandId: string, accountId: string) =>
    founded.parse(
      (
        await db`
          insert into public.connections (tenant_id, brand_id, platform_id, platform, network, platform_user_id, platform_account_id, display_name)
          select ${tenantId}, ${brandId}, p.id, 'meta', 'facebook', '77', ${accountId}, 'Page ' || right(${accountId}, 4)
          from public.connector_platforms p where p.platform_name = 'meta' and p.tenant_id is null
          returning id`
      )[0],
    ).id
  return [
    await account(first, shared),
    await account(first, `${shared}-own`),
    await account(second, shared),
  ] as const
}

/** The agency goes with all its rows, so that a long run stays quick. */
export async function endWorld({ db, tenantId }: World): Promise<void> {
  await db`delete from public.brands where tenant_id = ${tenantId}`
  await db`delete from public.tenants where id = ${tenantId}`
}

/** The worker's time, as a setting that only a connection of role postgres may make. */
export function withClock<Answer>(
  { db, aheadMs }: World,
  act: (at: postgres.TransactionSql) => Promise<Answer>,
) {
  const now = new Date(Date.now() + aheadMs).toISOString()
  return db.begin(async (transaction) => {
    await transaction`select set_config('copydesk.now', ${now}, true), set_config('jit', 'off', true)`
    return act(transaction)
  })
}

const everything = Object.entries(invariants)
  .map(
    ([name, query]) =>
      `select '${name}' as name, (select jsonb_agg(to_jsonb(broken)) from (${query}) as broken) as rows`,
  )
  .join('\nunion all\n')

/** Without `simple`, a statement without parameters would not be prepared. */
const prepared = { prepare: true, simple: false }
const checked = z.array(z.object({ name: z.string(), rows: z.unknown().nullable() }))

/** Which invariants do not hold now, with the rows that break them. */
export async function brokenInvariants(sql: postgres.ISql): Promise<{ name: Invariant; rows: unknown }[]> {
  // Prepared: planning takes five times as long as running it.
  const answers = checked.parse(await sql.unsafe(everything, [], prepared))
  return answers
    .filter(({ rows }) => rows !== null)
    .map(({ name, rows }) => ({ name: name as Invariant, rows }))
}

/** Checks everything, then remembers it for the next time. */
export function check(world: World) {
  return withClock(world, async (at) => {
    const broken = await brokenInvariants(at)
    await at`call states.remember()`
    return broken
  })
}

/** In which states the world's pieces and jobs stand. */
export function readStates({ db, brandIds }: World) {
  return db<{ kind: string; state: string }[]>`
    select distinct 'pieces' as kind, case when held_at is null then status else 'held' end as state
      from public.content_items where brand_id in ${db(brandIds)}
    union select 'jobs', status from public.publish_jobs where brand_id in ${db(brandIds)}`
}
