import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import postgres from 'postgres'
import { expect, test } from '#tests/support/test.ts'

// private.brands_of_people is what policies read of brand_members: wherever the two differ, somebody sees too much.

/** Where what was gathered is not what a fresh look at the members finds. */
async function untrue(db: postgres.ISql): Promise<unknown[]> {
  const rows = await db`
    with fresh as (
      select user_id, role::text, array_agg(brand_id order by brand_id) as brand_ids from brand_members group by 1, 2
    ), kept as (
      select user_id, role, brand_ids from private.brands_of_people where brand_ids <> '{}'
    )
    select user_id, role, fresh.brand_ids as fresh, kept.brand_ids as kept
    from fresh full join kept using (user_id, role) where fresh.brand_ids is distinct from kept.brand_ids`
  return [...rows]
}

type World = { people: string[]; brands: string[]; tenants: string[] }

async function makeWorld(db: postgres.Sql): Promise<World> {
  const ids = (count: number) => Array.from({ length: count }, () => randomUUID())
  const [people, brands, tenants] = [ids(3), ids(5), ids(2)]
  for (const id of people)
    await db`insert into auth.users (id, email) values (${id}, ${`${id}@copydesk.example`})`
  for (const id of tenants) {
    await db`insert into tenants (id, name) values (${id}, 'Halyard Studio')`
  }
  for (const [place, id] of brands.entries()) {
    const tenantId = tenants[place % tenants.length] ?? ''
    await db`insert into brands (id, tenant_id, name, slug, code)
             values (${id}, ${tenantId}, 'Oat & Ember', ${`oat-${place}`}, ${`O${place}`})`
  }
  return { people, brands, tenants }
}

// Every way in which members come, change and go -------------------------------------------------------------

const roles = ['manager', 'creator', 'analyst', 'client_viewer'] as const
type Step = { way: keyof typeof ways; person: number; brand: number; role: (typeof roles)[number] }
type Turn = { person: string; brand: string; tenant: string; role: string }

const ways = {
  'is put on a brand': (db, { person, brand, role }) =>
    db`insert into brand_members (user_id, brand_id, role) values (${person}, ${brand}, ${role})
       on conflict (user_id, brand_id) do update set role = excluded.role`,
  'is put on all brands that are not theirs': (db, { person, role }) =>
    db`insert into brand_members (user_id, brand_id, role) select ${person}, id, ${role} from brands on conflict do nothing`,
  'changes role': (db, { person, brand, role }) =>
    db`update brand_members set role = ${role} where user_id = ${person} and brand_id = ${brand} and not mirrored`,
  'changes role everywhere': (db, { person, role }) =>
    db`update brand_members set role = ${role} where user_id = ${person} and not mirrored`,
  'hands their places over': (db, { person }) =>
    db`update brand_members m set user_id = ${person}
       where not exists (select from brand_members o where o.user_id = ${person} and o.brand_id = m.brand_id)
         and m.id in (select distinct on (brand_id) id from brand_members where not mirrored order by brand_id, id)`,
  'moves to another brand': (db, { person, brand }) =>
    db`update brand_members set brand_id = ${brand}
       where id = (select id from brand_members where user_id = ${person} and not mirrored order by id limit 1)
         and not exists (select from brand_members where user_id = ${person} and brand_id = ${brand})`,
  'leaves a brand': (db, { person, brand }) =>
    db`delete from brand_members where user_id = ${person} and brand_id = ${brand}`,
  'leaves all brands': (db, { person }) => db`delete from brand_members where user_id = ${person}`,
  'comes and goes in one statement': (db, { person, brand, role }) =>
    db`with gone as (delete from brand_members where user_id = ${person} and brand_id <> ${brand})
       insert into brand_members (user_id, brand_id, role) values (${person}, ${brand}, ${role}) on conflict do nothing`,
  'is merged': (db, { person, brand, role }) =>
    db`merge into brand_members m
       using (select ${person}::uuid as user_id, b.id as brand_id from brands b where b.id = any ((select array_agg(id) from brands)::uuid[])) s
       on m.user_id = s.user_id and m.brand_id = s.brand_id
       when matched and m.brand_id = ${brand} then delete
       when matched then update set role = ${role}
       when not matched then insert (user_id, brand_id, role) values (s.user_id, s.brand_id, ${role})`,
  'joins the agency': (db, { person, tenant, role }) =>
    db`insert into tenant_members (tenant_id, user_id, role)
       values (${tenant}, ${person}, ${role === 'manager' ? 'owner' : role === 'creator' ? 'admin' : 'staff'})
       on conflict (user_id, tenant_id) do update set role = excluded.role`,
  'leaves the agency': (db, { person, tenant }) =>
    db`delete from tenant_members where user_id = ${person} and tenant_id = ${tenant}`,
  'sees a brand open': (db, { tenant }) =>
    db`insert into brands (tenant_id, name, slug, code)
       select ${tenant}, 'New', 'new-' || n, 'N' || n from (select count(*) as n from brands where tenant_id = ${tenant}) as s`,
  'sees a brand go': (db, { brand }) => db`delete from brands where id = ${brand}`,
  'sees the agency’s brands go': (db, { tenant }) => db`delete from brands where tenant_id = ${tenant}`,
  'is deleted': (db, { person }) => db`delete from auth.users where id = ${person}`,
} satisfies Record<string, (db: postgres.ISql, turn: Turn) => PromiseLike<unknown>>

const step: fc.Arbitrary<Step> = fc.record({
  way: fc.constantFrom(...(Object.keys(ways) as (keyof typeof ways)[])),
  person: fc.nat(2),
  brand: fc.nat(4),
  role: fc.constantFrom(...roles),
})

/** False where the database refuses it: the last owner stays, and whoever was deleted joins nothing. */
async function take(db: postgres.Sql, world: World, { way, person, brand, role }: Step): Promise<boolean> {
  const turn = {
    person: world.people[person] ?? '',
    brand: world.brands[brand] ?? '',
    tenant: world.tenants[brand % world.tenants.length] ?? '',
    role,
  }
  try {
    await db.begin(async (sql) => await ways[way](sql, turn))
    return true
  } catch (error) {
    if (error instanceof postgres.PostgresError && refusals.includes(error.code)) return false
    throw error
  }
}

/** last_owner, a key to what is gone, a code that is taken; and, of several at once, a deadlock that one of them loses. */
const refusals = ['P0001', '23503', '23505', '40P01']

test('after whatever happened to members, what policies read is what a fresh look finds', {
  timeout: 120_000,
}, async ({ db }) => {
  const taken = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
      const world = await makeWorld(db)
      for (const one of steps) {
        if (await take(db, world, one)) taken.set(one.way, (taken.get(one.way) ?? 0) + 1)
        expect(await untrue(db), one.way).toEqual([])
      }
    }),
    { numRuns: 25, seed: 20_261_125 },
  )
  expect([...taken.keys()].toSorted()).toEqual(Object.keys(ways).toSorted())
})

test('the same when four change members at once', { timeout: 120_000 }, async ({ db, backend }) => {
  const doors = Array.from({ length: 4 }, () => postgres(backend.databaseUrl, { max: 1, onnotice: () => {} }))
  const world = await makeWorld(db)
  const sample = fc
    .sample(step, { numRuns: 240, seed: 7 })
    .filter(({ way }) => !/deleted|brands? go/.test(way))
  await Promise.all(
    doors.map(async (door, place) => {
      for (const one of sample.filter((_, at) => at % doors.length === place)) await take(door, world, one)
    }),
  )
  await Promise.all(doors.map((door) => door.end()))
  expect(await untrue(db)).toEqual([])
  expect((await db`select from private.brands_of_people`).length).toBeGreaterThan(0)
})

// Two who meet -----------------------------------------------------------------------------------------------

/** Begins in one session, lets the other run into it, commits, and gives what became of the other. */
async function meet(
  url: string,
  first: (sql: postgres.ISql) => PromiseLike<unknown>,
  second: (sql: postgres.ISql) => PromiseLike<unknown>,
  isolation = 'read committed',
): Promise<PromiseSettledResult<unknown>> {
  const [one, other] = [0, 1].map(() => postgres(url, { max: 1, onnotice: () => {} })) as [
    postgres.Sql,
    postgres.Sql,
  ]
  try {
    await other.unsafe(`begin isolation level ${isolation}`)
    await other`select count(*) from brand_members` // what it sees from now on, where the level keeps it
    await one`begin`
    await first(one)
    const running = Promise.resolve(second(other)).then(() => other`commit`)
    const settled = Promise.allSettled([running])
    await new Promise((resolve) => setTimeout(resolve, 100))
    await one`commit`
    const [outcome] = await settled
    if (!outcome) throw new Error('Nothing came of it.')
    return outcome
  } finally {
    await Promise.all([one.end({ timeout: 1 }), other.end({ timeout: 1 })])
  }
}

const grant =
  (person = '', brand = '', role = 'manager') =>
  (sql: postgres.ISql) =>
    sql`insert into brand_members (user_id, brand_id, role) values (${person}, ${brand}, ${role})`
const revoke =
  (person = '', brand = '') =>
  (sql: postgres.ISql) =>
    sql`delete from brand_members where user_id = ${person} and brand_id = ${brand}`

test('of two grants to one person at once both count, the first ones and later ones', async ({
  db,
  backend,
}) => {
  const { people, brands } = await makeWorld(db)
  const [person] = people
  for (const [one, other] of [brands.slice(0, 2), brands.slice(2, 4)]) {
    const outcome = await meet(backend.databaseUrl, grant(person, one), grant(person, other))
    expect(outcome.status).toBe('fulfilled')
    expect(await untrue(db)).toEqual([])
  }
  expect(
    await db`select cardinality(brand_ids) as brands from private.brands_of_people where user_id = ${person ?? ''}`,
  ).toMatchObject([{ brands: 4 }])
})

test('of two brands taken from one person at once, and of one given as another is taken, none stays wrongly', async ({
  db,
  backend,
}) => {
  const { people, brands } = await makeWorld(db)
  const [person] = people
  const [one, other, third, added] = brands
  for (const brand of [one, other, third]) await grant(person, brand)(db)
  for (const [first, second] of [
    [revoke(person, one), revoke(person, other)],
    [grant(person, added), revoke(person, third)],
  ] as const) {
    expect((await meet(backend.databaseUrl, first, second)).status).toBe('fulfilled')
    expect(await untrue(db)).toEqual([])
  }
})

test('a grant does not bring back a brand that is revoked at once', async ({ db, backend }) => {
  const { people, brands } = await makeWorld(db)
  const [person] = people
  const [held, added] = brands
  await grant(person, held)(db)
  const outcome = await meet(backend.databaseUrl, revoke(person, held), grant(person, added))
  expect(outcome.status).toBe('fulfilled')
  expect(await untrue(db)).toEqual([])
})

test.for(['repeatable read', 'serializable'])(
  'nor when it still sees it, in %s: it fails',
  async (isolation, { db, backend }) => {
    const { people, brands } = await makeWorld(db)
    const [person] = people
    const [held, added] = brands
    await grant(person, held)(db)
    const outcome = await meet(backend.databaseUrl, revoke(person, held), grant(person, added), isolation)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: '40001' } })
    expect(await untrue(db)).toEqual([])
  },
)

// At once, and by nothing else -------------------------------------------------------------------------------

test('who is taken off a brand sees nothing of it in the very next statement', async ({
  db,
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const person = await agency.member(brand, 'creator')
  const claims = JSON.stringify({ sub: person.id, role: 'authenticated' })
  const seen = await db.begin(async (sql) => {
    const look = async () => {
      await sql`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`
      const rows = await sql`select id from brands`
      await sql`reset role`
      return rows.length
    }
    const before = await look()
    await revoke(person.id, brand.id)(sql)
    const after = await look()
    await grant(person.id, brand.id, 'analyst')(sql)
    return { before, after, again: await look() }
  })
  expect(seen).toEqual({ before: 1, after: 0, again: 1 })
})

class Undone extends Error {}

test('members emptied at a stroke leave nothing gathered', async ({ db, foundAgency }) => {
  await (await foundAgency()).brand()
  const emptied = db.begin(async (sql) => {
    await sql`truncate brand_members`
    expect(await untrue(sql)).toEqual([])
    throw new Undone()
  })
  await expect(emptied).rejects.toThrow(Undone)
  expect(await untrue(db)).toEqual([])
})

test('nobody reads or writes what was gathered, the secret key included', async ({ db }) => {
  const granted = await db`
    select grantee, privilege_type from information_schema.role_table_grants
    where table_schema = 'private' and table_name = 'brands_of_people' and grantee <> 'postgres'`
  expect([...granted]).toEqual([])
})

test('members changed past the triggers are gathered anew as the table’s comment says', async ({
  db,
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  await agency.member(brand, 'creator')
  const restored = db.begin(async (sql) => {
    await sql`alter table brand_members disable trigger user`
    await sql`update brand_members set role = 'analyst' where brand_id = ${brand.id}`
    await sql`alter table brand_members enable trigger user`
    expect(await untrue(sql)).not.toEqual([])
    await sql`truncate private.brands_of_people`
    await sql`update brand_members set role = role`
    expect(await untrue(sql)).toEqual([])
    throw new Undone()
  })
  await expect(restored).rejects.toThrow(Undone)
})

/** Each of them is needed: without it, what it is for leaves a difference. */
test.for([
  ['gather_added', 'is put on a brand'],
  ['gather_changed_from', 'changes role everywhere'],
  ['gather_changed_to', 'changes role everywhere'],
  ['gather_removed', 'leaves all brands'],
] as const)('without %s it shows that someone %s', async ([trigger, way], { db }) => {
  const { people, brands, tenants } = await makeWorld(db)
  const turn = { person: people[0] ?? '', brand: brands[0] ?? '', tenant: tenants[0] ?? '', role: 'analyst' }
  if (trigger !== 'gather_added') await ways['is put on a brand'](db, { ...turn, role: 'creator' })
  const broken = db.begin(async (sql) => {
    await sql.unsafe(`alter table brand_members disable trigger ${trigger}`)
    await ways[way](sql, turn)
    expect(await untrue(sql)).not.toEqual([])
    throw new Undone()
  })
  await expect(broken).rejects.toThrow(Undone)
  expect(await untrue(db)).toEqual([])
})
