import type postgres from 'postgres'
import { inject } from 'vitest'
import { databaseUrl, superuser } from '#local/postgres/start.ts'
import { expect, test as plainTest } from '#tests/support/test.ts'
import { complaintsAbout, relationsIn } from './plans/complaints.ts'
import { foundCrowd } from './plans/crowd.ts'
import { notePlaces, readPlaces } from './plans/places.ts'
import { keepPlans, plansOf } from './plans/plan-log.ts'
import { clientReads, deskReads, ownerReads, type Reads } from './plans/reads.ts'

/** Tables that stay small however long a desk is used: they may be read whole. */
const small = [
  'private.worker_heartbeats',
  'private.audit_heads',
  'private.role_permissions',
  'private.tenant_role_permissions',
  'private.ceilings',
  'public.brands',
  'public.connector_platforms',
  'public.storage_quotas',
  'public.tenants',
  'public.workflow_templates',
  'storage.buckets',
]

/** Reads of route handlers, whose service key no module of lib may hold; asked here in their words. */
const askedHere = ['app/api/join/route.ts']

const test = plainTest.extend('desk', { scope: 'file' }, async ({ backend, db, foundAgency }) => {
  const database = new URL(backend.databaseUrl).pathname.slice(1)
  const asSuperuser = databaseUrl(inject('databasePort'), superuser, database)
  const crowd = await foundCrowd(await foundAgency(), { owner: backend.databaseUrl, superuser: asSuperuser })
  // What the product's own modules are configured by.
  Object.assign(process.env, {
    SITE_URL: backend.siteUrl,
    SUPABASE_URL: backend.api.url,
    SUPABASE_PUBLISHABLE_KEY: backend.api.publishableKey,
  })
  const sizes = await sizesOf(db)
  await keepPlans(asSuperuser)
  return { crowd, sizes, look: lookAt(sizes) }
})

test('no read of the product reads a large table whole, or asks a subquery for each row', {
  timeout: 120_000,
}, async ({ db, desk, service }) => {
  const { crowd, sizes, look } = desk
  const noted = notePlaces()
  const { wrong, read } = await look({
    ...named('a manager', deskReads(crowd.manager, crowd)),
    ...named('an owner', { ...deskReads(crowd.owner, crowd), ...ownerReads(crowd) }),
    ...named('a client', clientReads(crowd)),
    'an invited address': () => service.rpc('invitation_address', { token: 'of nobody' }),
  })
  expect(wrong).toEqual([])

  const places = readPlaces(await readingFunctions(db))
  expect(places.length).toBeGreaterThan(40)
  expect(
    places.filter((place) => !noted.has(place) && !askedHere.some((file) => place.startsWith(file))),
  ).toEqual([])

  // What is read must be large here, or nothing was seen.
  const unseen = [...read].filter((name) => !small.includes(name) && (sizes.get(name) ?? 0) <= 10_000)
  expect(unseen).toEqual([])
})

test.for([
  {
    // Passes every linter, and costs 30 times as much.
    change: `alter policy "members with content.view" on public.content_items using (exists (
      select from public.brand_members m where m.brand_id = content_items.brand_id and m.user_id = (select auth.uid())))`,
    putBack: `alter policy "members with content.view" on public.content_items
      using (brand_id = any ((select private.brands_with('content.view'))::uuid[]))`,
    read: 'month',
    seen: 'a subquery for each row',
  },
  {
    change: 'drop index public.brand_members_brand_idx',
    putBack: 'create index brand_members_brand_idx on public.brand_members (brand_id)',
    read: 'people',
    seen: 'public.brand_members is read whole',
  },
])('the gate sees $seen', { timeout: 60_000 }, async ({ change, putBack, read, seen }, { db, desk }) => {
  const ask = deskReads(desk.crowd.manager, desk.crowd)[read]
  if (!ask) throw new Error(`There is no read named ${read}.`)
  await db.unsafe(change)
  const { wrong } = await desk.look({ [read]: ask })
  await db.unsafe(putBack)
  expect(wrong.join('\n')).toContain(seen)
})

function named(who: string, reads: Reads): Reads {
  return Object.fromEntries(Object.entries(reads).map(([name, ask]) => [`${who}, ${name}`, ask]))
}

/** Runs reads one by one: what is wrong with their plans, and which of our tables they read. */
function lookAt(sizes: ReadonlyMap<string, number>) {
  return async (reads: Reads) => {
    const wrong = new Set<string>()
    const read = new Set<string>()
    for (const [name, ask] of Object.entries(reads)) {
      const plans = (await plansOf(inject('databaseLog'), ask)).filter((planned) =>
        relationsIn(planned).some((relation) => sizes.has(relation)),
      )
      if (plans.length === 0) wrong.add(`${name}: nothing of ours was read`)
      for (const planned of plans) {
        for (const complaint of complaintsAbout(planned, sizes)) wrong.add(`${name}: ${complaint}`)
        for (const relation of relationsIn(planned)) if (sizes.has(relation)) read.add(relation)
      }
    }
    return { wrong: [...wrong], read }
  }
}

async function sizesOf(db: postgres.Sql): Promise<ReadonlyMap<string, number>> {
  const tables = await db<{ name: string; rows: number }[]>`
    select relnamespace::regnamespace || '.' || relname as name, reltuples::int as rows
    from pg_class where relkind = 'r' and relnamespace::regnamespace::text in ('public', 'private', 'storage')`
  return new Map(tables.map(({ name, rows }) => [name, rows]))
}

/** Functions of the Data API that change nothing. */
async function readingFunctions(db: postgres.Sql): Promise<(name: string) => boolean> {
  const functions = await db<{ name: string }[]>`
    select proname as name from pg_proc where pronamespace = 'public'::regnamespace and provolatile <> 'v'`
  const names = new Set(functions.map(({ name }) => name))
  return (name) => names.has(name)
}
