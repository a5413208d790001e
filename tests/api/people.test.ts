import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { type Agency, approve, type Brand, type Post } from '#tests/support/agency.ts'
import type { Person } from '#tests/support/people.ts'
import { expect, test } from '#tests/support/test.ts'
import { readCatalog } from './isolation/catalog.ts'
import { seedRows } from './isolation/seeding.ts'

// A person goes ------------------------------------------------------------------------------------------

/** Someone who left a trace wherever a person can, and what must outlast them. */
async function manyTraces(agency: Agency, db: postgres.Sql) {
  const brand = await agency.brand(undefined, 'internal_client')
  const teo = await agency.member(brand, 'admin', 'Teo Okafor')
  const author = await agency.member(brand, 'creator', 'Priya Raman')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')

  const picture = await agency.picture(brand, teo)
  const authored = await agency.submitted(brand, teo, { media: [picture.id] })
  await approve(authored, agency.owner)
  await approve(authored, client)
  const decided = await agency.submitted(brand, author)
  await approve(decided, teo)
  const waiting = await agency.submitted(brand, author)
  await teo.client
    .from('content_comments')
    .insert({ content_id: authored.id, brand_id: brand.id, audience: 'internal', body: 'Fresh figs only.' })
    .throwOnError()
  await teo.client
    .rpc('invite_member', {
      brand_id: brand.id,
      email: `nadia.${randomUUID()}@copydesk.example`,
      role: 'analyst',
    })
    .throwOnError()
  await teo.client
    .rpc('begin_connect', {
      brand_id: brand.id,
      platform: 'meta',
      redirect_uri: 'http://127.0.0.1:3000/api/oauth/meta',
    })
    .throwOnError()
  await teo.client
    .from('analytics_goals')
    .insert({ brand_id: brand.id, metric: 'reach', target: 100, deadline: '2031-01-01T00:00:00Z' })
    .throwOnError()
  await teo.client
    .from('advisor_feedback')
    .insert({ brand_id: brand.id, insight_id: 'i', category: 'content', type: 'alert', feedback: 'accepted' })
    .throwOnError()
  await teo.client.from('client_settings').insert({ client_id: teo.id, brand_id: brand.id }).throwOnError()
  await db`update connections set connected_by = ${teo.id} where brand_id = ${brand.id}`
  await db`update brands set created_by = ${teo.id}, deletion_asked_by = ${teo.id} where id = ${brand.id}`
  await db`insert into escalation_rules (brand_id, rule_type, position, trigger_hours, escalate_to_role, delegate)
           values (${brand.id}, 'custom', 1, 24, 'custom', ${teo.id})`
  return { brand, teo, author, client, authored, decided, waiting, picture }
}

const ways = {
  'through the Auth API': async ({ service, person }) => {
    const { error } = await service.auth.admin.deleteUser(person.id)
    expect(error).toBeNull()
  },
  'in the database': async ({ db, person }) => {
    await db`delete from auth.users where id = ${person.id}`
  },
} satisfies Record<string, (gone: Going) => Promise<void>>
type Going = { db: postgres.Sql; service: Person['client']; person: Person }

for (const [way, remove] of Object.entries(ways)) {
  test(`a person who left a trace everywhere can be deleted ${way}, and what they did stays`, async ({
    foundAgency,
    db,
    service,
  }) => {
    const agency = await foundAgency()
    const traces = await manyTraces(agency, db)
    const { brand, teo, client, authored, decided, waiting } = traces
    const named = await columnsThatNamePeople(db)
    const held = await whereNamed(db, named, teo)
    const audited = () =>
      db`select to_jsonb(l) as entry from audit_logs l where tenant_id = ${agency.tenant.id} order by seq`
    const decisions = () =>
      db`select to_jsonb(a) as decision from post_approvals a where brand_id = ${brand.id} order by id`
    const [logBefore, decisionsBefore] = [await audited(), await decisions()]
    const piecesBefore =
      await db`select id, status, version, content_digest from content_items where brand_id = ${brand.id} order by id`

    await remove({ db, service, person: teo })

    expect(held.length, 'columns that named them').toBeGreaterThan(15)
    expect(await whereNamed(db, named, teo)).toEqual([])
    expect([...(await audited())]).toEqual([...logBefore])
    expect([...(await decisions())]).toEqual([...decisionsBefore])
    expect(decisionsBefore.some(({ decision }) => decision.decided_by === teo.id)).toBe(true)
    expect([
      ...(await db`select id, status, version, content_digest from content_items where brand_id = ${brand.id} order by id`),
    ]).toEqual([...piecesBefore])
    const [chain] = await db`select intact from private.verify_audit(${agency.tenant.id})`
    expect(chain?.intact).toBe(true)
    expect(await agency.state(authored)).toMatchObject({ status: 'scheduled', jobs: ['scheduled'] })

    // Work goes on without them.
    const { data: timeline } = await agency.owner.client
      .rpc('post_timeline', { post_id: decided.id })
      .throwOnError()
    expect(timeline.find(({ kind }) => kind === 'approved')).toMatchObject({
      actor_id: teo.id,
      actor_name: 'Someone who left',
    })
    await approve(decided, client)
    await approve(waiting, agency.owner)
    expect(await agency.state(decided)).toMatchObject({ status: 'scheduled' })
    expect(await claimOf(db, authored, brand)).toMatchObject({ mode: 'send' })
  })
}

/** Every column that points at a person. */
function columnsThatNamePeople(db: postgres.Sql) {
  return db<{ table: string; column: string }[]>`
    select c.conrelid::regclass::text as table, a.attname as column
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.confrelid = 'auth.users'::regclass
       and c.connamespace in ('public'::regnamespace, 'private'::regnamespace)
     order by 1, 2`
}

async function whereNamed(
  db: postgres.Sql,
  columns: readonly { table: string; column: string }[],
  { id }: Person,
) {
  const counts = await Promise.all(
    columns.map(async ({ table, column }) => {
      const [row] = await db.unsafe(`select count(*)::int as rows from ${table} where "${column}" = $1`, [id])
      return { where: `${table}.${column}`, rows: row?.rows as number }
    }),
  )
  return counts.filter(({ rows }) => rows > 0)
}

test('the last owner of an agency is not deleted before another one is named', async ({
  foundAgency,
  signUp,
  db,
  service,
}) => {
  const agency = await foundAgency()
  const { owner } = agency
  const inDatabase = db`delete from auth.users where id = ${owner.id}`
  await expect(inDatabase).rejects.toMatchObject({
    code: 'P0001',
    message: 'last_owner',
    detail: expect.stringContaining(agency.tenant.id),
  })
  // The Auth API keeps the database's reason to itself.
  const byApi = await service.auth.admin.deleteUser(owner.id)
  expect(byApi.error).toMatchObject({ status: 500, message: 'Database error deleting user' })
  expect((await owner.client.from('tenants').select('id').throwOnError()).data).toEqual([
    { id: agency.tenant.id },
  ])

  const heir = await signUp('Priya Raman')
  await db`insert into tenant_members ${db({ tenant_id: agency.tenant.id, user_id: heir.id, role: 'owner' })}`
  expect((await service.auth.admin.deleteUser(owner.id)).error).toBeNull()
})

// A brand goes -------------------------------------------------------------------------------------------

test('only an owner plans a brand’s deletion, by its name, two weeks ahead; and takes it back', async ({
  foundAgency,
  signUp,
  db,
}) => {
  const agency = await foundAgency()
  const [brand, stranger] = [await agency.brand(), await foundAgency('Tide & Co')]
  const ask = (by: Person, name = brand.name) =>
    by.client.rpc('request_brand_deletion', { brand_id: brand.id, name })
  const keep = (by: Person) => by.client.rpc('keep_brand', { brand_id: brand.id })
  const admin = await signUp('Teo Okafor')
  await db`insert into tenant_members ${db({ tenant_id: agency.tenant.id, user_id: admin.id, role: 'admin' })}`

  for (const role of [
    'manager',
    'creator',
    'analyst',
    'member',
    'client_approver',
    'client_viewer',
  ] as const) {
    const member = await agency.member(brand, role)
    for (const { error } of [await ask(member), await keep(member)])
      expect(error, role).toMatchObject({ code: 'P0001', message: 'not_allowed' })
  }
  expect((await ask(admin)).error).toMatchObject({ message: 'not_allowed' })
  for (const { error } of [await ask(stranger.owner), await keep(stranger.owner)])
    expect(error).toMatchObject({ code: 'P0001', message: 'brand_not_found' })
  const misspelt = await ask(agency.owner, 'Oat and Ember')
  expect(misspelt.error).toMatchObject({ code: 'P0001', message: 'brand_name_mismatch' })

  const { data: planned } = await ask(agency.owner, ` ${brand.name} `).throwOnError()
  const days = (Date.parse(planned.delete_after ?? '') - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(13.99)
  expect(days).toBeLessThan(14.01)
  expect(planned.deletion_asked_by).toBe(agency.owner.id)
  // Asked again, the fortnight does not begin anew.
  expect((await ask(agency.owner).throwOnError()).data.delete_after).toBe(planned.delete_after)

  const { data: kept } = await keep(agency.owner).throwOnError()
  expect(kept).toMatchObject({ delete_after: null, deletion_asked_by: null })
  const { data: log } = await agency.owner.client
    .from('audit_logs')
    .select('action')
    .eq('brand_id', brand.id)
    .throwOnError()
  const told = log
    .map(({ action }) => action)
    .filter((action) => ['brand.deletion_requested', 'brand.kept'].includes(action))
  expect(told.toSorted()).toEqual(['brand.deletion_requested', 'brand.kept'])
})

test('nothing of a brand publishes while it waits for its end, and goes on when it is kept', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const [brand, other] = [await agency.brand(undefined, 'none'), await agency.brand(undefined, 'none')]
  const post = await agency.submitted(brand, agency.owner)
  const elsewhere = await agency.submitted(other, agency.owner)
  await agency.owner.client
    .rpc('request_brand_deletion', { brand_id: brand.id, name: brand.name })
    .throwOnError()

  expect(await claimOf(db, post, brand)).toBeNull()
  expect(await agency.state(post)).toMatchObject({ status: 'scheduled', jobs: ['scheduled'] })
  expect(await claimOf(db, elsewhere, other)).toMatchObject({ mode: 'send' })
  await agency.owner.client.rpc('keep_brand', { brand_id: brand.id }).throwOnError()
  expect(await claimOf(db, post, brand)).toMatchObject({ mode: 'send' })
})

/** What the worker gets when it asks for the post's job, once that is due. */
async function claimOf(db: postgres.Sql, { id }: Pick<Post, 'id'>, brand: Brand) {
  await db`update publish_jobs set scheduled_for = now() - interval '1 second' where content_id = ${id}`
  const [row] = await db`
    select private.claim_publish_job(j.id, 'worker', 90000) as claim from publish_jobs j
     where j.content_id = ${id} and j.brand_id = ${brand.id}`
  return row?.claim
}

test('when its time has come a brand goes from every table, and its history stays with the agency', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const [brand, other] = [await agency.brand(), await agency.brand()]
  const staff = await agency.member(brand, 'manager', 'Priya Raman')
  const tables = await readCatalog(db)
  await seedRows(db, {
    tables,
    brands: [brand, other].map(({ id, name }) => ({
      ...{ name, id, tenant: 'Halyard Studio' },
      ...{ tenantId: agency.tenant.id, resident: agency.owner.id },
    })),
    people: [agency.owner.id],
  })
  await agency.account(brand)
  await agency.account(other)
  await agency.invite(other, `nadia.${randomUUID()}@copydesk.example`, 'analyst')
  const rowsOf = await rowsByTable(db)
  const [before, untouched] = [await rowsOf(brand), await rowsOf(other)]
  const empty = Object.entries(before).flatMap(([table, rows]) => (rows === 0 ? [table] : []))
  expect(empty, 'tables without a row of the brand: the test proves nothing for them').toEqual([])
  const purge = async () => (await db`select private.purge_brand(${brand.id}) as gone`)[0]?.gone

  expect(await purge()).toBe(false)
  await agency.owner.client
    .rpc('request_brand_deletion', { brand_id: brand.id, name: brand.name })
    .throwOnError()
  expect(await purge()).toBe(false)
  const logged = before.audit_logs ?? 0
  await db`update brands set delete_after = now() - interval '1 second' where id = ${brand.id}`
  expect(await purge()).toBe(true)
  expect(await purge()).toBe(false)

  const after = await rowsOf(brand)
  const left = Object.entries(after).flatMap(([table, rows]) => (rows > 0 ? [table] : []))
  expect(left).toEqual(['audit_logs'])
  expect(after.audit_logs).toBe(logged + 2)
  expect(await rowsOf(other)).toEqual(untouched)

  const { data: log } = await agency.owner.client
    .from('audit_logs')
    .select('action, metadata')
    .eq('brand_id', brand.id)
    .order('seq')
    .throwOnError()
  expect(log).toHaveLength(logged + 2)
  expect(log.at(-1)).toEqual({
    action: 'brand.deleted',
    metadata: { name: brand.name, asked_by: agency.owner.id },
  })
  expect(
    (await staff.client.from('audit_logs').select('id').eq('brand_id', brand.id).throwOnError()).data,
  ).toEqual([])
  const { data: chain } = await agency.owner.client
    .rpc('verify_audit_log', { tenant_id: agency.tenant.id })
    .throwOnError()
  expect(chain).toMatchObject([{ intact: true }])
})

/** Counts the brand's rows in each table that names brands, and in those that name its rows alone. */
async function rowsByTable(db: postgres.Sql) {
  const named = await db<{ table: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as table
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and a.attname = 'brand_id' and not a.attisdropped`
  const counts = [
    ...named.map(({ table }) => [
      table.replace('public.', ''),
      `select count(*) from ${table} where brand_id = $1`,
    ]),
    ['brands', 'select count(*) from public.brands where id = $1'],
    [
      'encrypted_secrets',
      'select count(*) from public.encrypted_secrets s join public.connections n on n.id = s.connection_id where n.brand_id = $1',
    ],
  ] as const
  return async ({ id }: Brand): Promise<Record<string, number>> => {
    const rows = await Promise.all(
      counts.map(
        async ([table = '', count = '']) =>
          [table, Number((await db.unsafe(count, [id]))[0]?.count)] as const,
      ),
    )
    return Object.fromEntries(rows)
  }
}
