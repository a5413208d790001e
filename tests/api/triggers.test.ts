import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { type Agency, approve, type Brand } from '#tests/support/agency.ts'
import type { Person } from '#tests/support/people.ts'
import { expect, test } from '#tests/support/test.ts'

const ownerNeeded = { code: 'P0001', message: 'last_owner' }
const notGranted = { code: '42501' }

// Uses of a picture ------------------------------------------------------------------------------------

test('a picture counts each post once, loses those it was taken out of, and keeps what people saw', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand(undefined, 'internal')
  const author = await agency.member(brand, 'creator')
  const { id } = await agency.picture(brand, author)
  const uses = async () => {
    const [row] = await db`select usage_count, used_in, last_used from media_assets where id = ${id}`
    return row
  }
  const save = async (postId: string, media_ids: string[]) => {
    const { revision } = await agency.state({ id: postId })
    const channels = [{ connection_id: await agency.account(brand) }]
    await author.client
      .rpc('save_post', {
        post_id: postId,
        base_revision: revision,
        title: 'Pie',
        body: 'Pie.',
        media_ids,
        channels,
      })
      .throwOnError()
  }
  expect(await uses()).toEqual({ usage_count: 0, used_in: [], last_used: null })

  const first = await agency.draft(brand, author, { media: [id] })
  await save(first.id, [id])
  const second = await agency.draft(brand, author, { media: [id] })
  expect(await uses()).toEqual({
    usage_count: 2,
    used_in: [`post:${first.id}`, `post:${second.id}`],
    last_used: expect.any(Date),
  })

  await save(first.id, [])
  expect(await uses()).toMatchObject({ usage_count: 1, used_in: [`post:${second.id}`] })
  await author.client.rpc('delete_draft', { post_id: second.id }).throwOnError()
  expect(await uses()).toMatchObject({ usage_count: 0, used_in: [] })

  const shown = await agency.submitted(brand, author, { media: [id] })
  await save(shown.id, [])
  expect(await uses()).toMatchObject({ usage_count: 1, used_in: [`post:${shown.id}`] })
})

test('nobody counts a use by hand', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const { id } = await agency.picture(brand, agency.owner)
  const { client } = agency.owner
  const counted = await client.from('media_assets').update({ usage_count: 9 }).eq('id', id)
  expect(counted.error).toMatchObject(notGranted)
  const logged = await client
    .from('media_usage_logs')
    .insert({ asset_id: id, brand_id: brand.id, used_in: 'website:home' })
  expect(logged.error).toMatchObject(notGranted)
})

// Versions ---------------------------------------------------------------------------------------------

test('what people said yes to cannot be changed any more, by nobody', async ({
  foundAgency,
  db,
  service,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.scheduled(brand, author, client)
  const [before] = await db`select * from content_versions where content_id = ${post.id}`
  const another = new Date('2026-01-01T00:00:00Z')
  const frozen: Record<string, unknown> = {
    id: randomUUID(),
    content_id: randomUUID(),
    brand_id: randomUUID(),
    version: 7,
    number: 77,
    type: 'blog',
    title: 'Else',
    body: 'Else.',
    link: 'https://else.example',
    first_comment: 'Else.',
    channels: db.json([]),
    media: db.json([{ asset_id: 'else' }]),
    content_digest: '0'.repeat(64),
    ai_made: true,
    submitted_by: client.id,
    shared_at: null,
    created_at: another,
  }
  for (const [column, value] of Object.entries(frozen)) {
    // As the owner of the tables, as any definer function is.
    await expect(
      db`update content_versions set ${db({ [column]: value })} where content_id = ${post.id}`,
      column,
    ).rejects.toMatchObject({ code: '42501', message: expect.stringContaining('frozen') })
  }
  const { error } = await service.from('content_versions').update({ body: 'Else.' }).eq('content_id', post.id)
  expect(error).toMatchObject({ code: '42501' })
  expect(await db`select * from content_versions where content_id = ${post.id}`).toEqual([before])

  const moving = Object.keys(before ?? {}).filter((column) => !(column in frozen))
  expect(moving.toSorted()).toEqual([
    'client_status',
    'local_time',
    'permalinks',
    'published_at',
    'scheduled_at',
    'superseded_at',
    'time_zone',
  ])
})

test('a version outlives its author’s account', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand(undefined, 'internal')
  const author = await agency.member(brand, 'creator')
  const post = await agency.submitted(brand, author)
  await db`delete from auth.users where id = ${author.id}`
  const [version] = await db`select submitted_by, body from content_versions where content_id = ${post.id}`
  expect(version).toEqual({ submitted_by: null, body: 'Forty fig pies, out at half past seven.' })
})

// Bytes ------------------------------------------------------------------------------------------------

test('of twenty uploads at once exactly those go in that fit, and the used bytes are theirs', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  await db`update storage_quotas set limit_bytes = 10500 where brand_id = ${brand.id}`

  const people = [author, agency.owner]
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => upload(brand, people[n % 2] ?? author, 1000)),
  )
  const refused = answers.flatMap(({ error }) => (error ? [error] : []))
  expect(refused).toHaveLength(10)
  expect(new Set(refused.map(({ code, message }) => `${code} ${message}`))).toEqual(
    new Set(['P0001 quota_exceeded']),
  )
  expect(JSON.parse(refused[0]?.details ?? '')).toEqual({ used_bytes: 10_000, limit_bytes: 10_500 })
  expect(await usedBytes(db, brand)).toBe(10_000)

  const small = await upload(brand, author, 500)
  expect(small.error).toBeNull()
  expect(await usedBytes(db, brand)).toBe(10_500)
  expect((await upload(brand, author, 1)).error).toMatchObject({ message: 'quota_exceeded' })
})

test('refused and deleted files give their bytes back; more bytes than were declared count, or are refused', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  await db`update storage_quotas set limit_bytes = 3000 where brand_id = ${brand.id}`
  const [refused, honest, liar] = await Promise.all([1, 2, 3].map(() => upload(brand, agency.owner, 1000)))
  const verify = async (asset: typeof honest, result: postgres.JSONValue) => {
    const [row] =
      await db`select private.record_verification(${asset?.id ?? null}, ${db.json(result)}) as status`
    return row?.status
  }
  const read = (size_bytes: number) => ({
    ok: true,
    mime_type: 'image/jpeg',
    size_bytes,
    width: 4,
    height: 4,
    hash: hash(),
  })

  expect(await verify(refused, { ok: false, code: 'media_unreadable' })).toBe('rejected')
  expect(await usedBytes(db, brand)).toBe(2000)
  expect(await verify(honest, read(1900))).toBe('active')
  expect(await usedBytes(db, brand)).toBe(2900)
  expect(await verify(liar, read(5000))).toBe('rejected')
  expect(await usedBytes(db, brand)).toBe(1900)

  const archive = () =>
    agency.owner.client.rpc('archive_media', { asset_id: honest?.id ?? '' }).throwOnError()
  expect((await archive()).data.status).toBe('archived')
  expect(await usedBytes(db, brand)).toBe(1900)
  expect((await archive()).data.status).toBe('deleted')
  expect(await usedBytes(db, brand)).toBe(0)
})

async function upload(brand: Brand, by: Person, size_bytes: number) {
  const id = randomUUID()
  const { error } = await by.client.from('media_assets').insert({
    id,
    brand_id: brand.id,
    filename: 'loaf.jpg',
    mime_type: 'image/jpeg',
    size_bytes,
    path: `${brand.id}/${id}/loaf.jpg`,
  })
  return { id, error }
}

async function usedBytes(db: postgres.Sql, brand: Brand): Promise<number> {
  const [row] = await db`select used_bytes::int as bytes from storage_quotas where brand_id = ${brand.id}`
  return row?.bytes
}

const hash = () => randomUUID().replaceAll('-', '').repeat(2)

// Milestones -------------------------------------------------------------------------------------------

type Earning = { db: postgres.Sql; agency: Agency; brand: Brand; other: Brand }

/** How each milestone is earned; twice at once, so that two who earn it meet. */
const earnings: Record<string, (earning: Earning) => Promise<unknown>> = {
  onboarding_complete: ({ db, brand, other }) =>
    Promise.all(
      [brand, other].map(({ id }) => db`update brands set intake_completed = true where id = ${id}`),
    ),
  first_integration: ({ agency, brand, other }) =>
    Promise.all([brand, other].map((of) => agency.account(of))),
  first_approval: async ({ agency, brand, other }) => {
    const posts = await Promise.all([brand, other].map((of) => agency.draft(of, agency.owner)))
    await Promise.all(
      posts.map(({ id, revision }) =>
        agency.owner.client.rpc('submit_post', { post_id: id, revision }).throwOnError(),
      ),
    )
  },
  first_publish: async ({ db, agency, brand, other }) => {
    const posts = await Promise.all([brand, other].map((of) => agency.submitted(of, agency.owner)))
    await Promise.all(posts.map((post) => publish(db, post)))
  },
  goal_met: async ({ db, agency, brand, other }) => {
    const goal = (of: Brand) => ({
      brand_id: of.id,
      metric: 'reach',
      target: 100,
      deadline: '2031-01-01T00:00:00Z',
    })
    await agency.owner.client
      .from('analytics_goals')
      .insert([goal(brand), goal(other)])
      .throwOnError()
    await Promise.all(
      [brand, other].map(({ id }) => db`update analytics_goals set current = 100 where brand_id = ${id}`),
    )
  },
  agency_scale_5: ({ agency }) =>
    Promise.all([agency.brand(), agency.brand(), agency.brand(), agency.brand()]),
  month_1_anniversary: async ({ db, agency }) => {
    await db`update tenants set created_at = now() - interval '32 days' where id = ${agency.tenant.id}`
    await Promise.all([1, 2].map(() => db`select private.unlock_anniversaries()`))
  },
}

test('each milestone is unlocked by what earns it, once, whoever else earns it at the same time', async ({
  foundAgency,
  db,
}) => {
  const [allowed] = await db`
    select array(select (regexp_matches(pg_get_constraintdef(oid), '''([a-z0-9_]+)''', 'g'))[1]) as keys
    from pg_constraint where conrelid = 'milestones'::regclass and conname = 'milestones_key_check'`
  expect(Object.keys(earnings).toSorted()).toEqual(allowed?.keys.toSorted())

  for (const [key, earn] of Object.entries(earnings)) {
    const agency = await foundAgency()
    const brands = [await agency.brand(undefined, 'none'), await agency.brand(undefined, 'none')] as const
    const unlocked = () =>
      db`select key, unlocked_at from milestones where tenant_id = ${agency.tenant.id} and key = ${key}`
    expect(await unlocked(), key).toHaveLength(0)
    await earn({ db, agency, brand: brands[0], other: brands[1] })
    const [first, ...more] = await unlocked()
    expect(first, key).toBeDefined()
    expect(more, key).toEqual([])

    await db`select private.unlock_milestone(${agency.tenant.id}, ${key})`
    expect([...(await unlocked())], key).toEqual([first])
  }
})

test('what earns nothing unlocks nothing', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand(undefined, 'internal')
  await db`update brands set name = 'Renamed' where id = ${brand.id}`
  const author = await agency.member(brand, 'creator')
  const connection = await agency.account(brand)
  const post = await agency.submitted(brand, author)
  await db`delete from milestones where tenant_id = ${agency.tenant.id}`

  await db`update connections set display_name = 'New name' where id = ${connection}`
  await agency.owner.client
    .rpc('decide_approval', {
      post_id: post.id,
      seen_digest: post.content_digest,
      outcome: 'rejected',
      comment: 'Not this.',
    })
    .throwOnError()
  await agency.owner.client
    .from('analytics_goals')
    .insert({ brand_id: brand.id, metric: 'reach', target: 100, deadline: '2031-01-01T00:00:00Z' })
    .throwOnError()
  await db`select private.unlock_anniversaries()`
  expect([...(await db`select key from milestones where tenant_id = ${agency.tenant.id}`)]).toEqual([])
})

test('a milestone is acknowledged once, by someone of the agency', async ({ foundAgency, db }) => {
  const [agency, elsewhere] = [await foundAgency(), await foundAgency('Tide & Co')]
  const brand = await agency.brand()
  const staff = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  await db`select private.unlock_milestone(${agency.tenant.id}, 'goal_met')`
  const [milestone] =
    await db`select id from milestones where tenant_id = ${agency.tenant.id} and key = 'goal_met'`
  const acknowledge = (by: Person) => by.client.rpc('acknowledge_milestone', { milestone_id: milestone?.id })

  for (const outsider of [client, elsewhere.owner])
    expect((await acknowledge(outsider)).error).toMatchObject({
      code: 'P0001',
      message: 'milestone_not_found',
    })
  const { data: first } = await acknowledge(staff).throwOnError()
  expect(first.acknowledged_at).not.toBeNull()
  const { data: again } = await acknowledge(agency.owner).throwOnError()
  expect(again.acknowledged_at).toBe(first.acknowledged_at)
})

/** Sends the post's jobs as the worker does. */
async function publish(db: postgres.Sql, post: { id: string }) {
  await db`update publish_jobs set scheduled_for = now() - interval '1 second' where content_id = ${post.id}`
  for (const { id } of await db`select id from publish_jobs where content_id = ${post.id} order by id`)
    await sendOne(db, id, {
      kind: 'published',
      platform_post_id: randomUUID(),
      permalink: 'https://www.facebook.com/1',
    })
}

async function sendOne(db: postgres.Sql, jobId: string, outcome: postgres.JSONValue) {
  const [claimed] = await db`select private.claim_publish_job(${jobId}, 'worker', 90000) as claim`
  const fence = claimed?.claim.fence
  await db`select private.record_intent(${jobId}, ${fence}, 30000, 'digest', 60000, 'publish')`
  await db`select private.record_publish_result(${jobId}, ${fence}, ${db.json(outcome)})`
}

// Jobs, pieces, versions ---------------------------------------------------------------------------------

test('a piece, its time and its client’s version say what its jobs say, one account after the other', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const accounts = [await agency.account(brand, 'First'), await agency.account(brand, 'Second')]
  const draft = await agency.draft(brand, agency.owner)
  await agency.owner.client
    .rpc('save_post', {
      post_id: draft.id,
      base_revision: draft.revision,
      title: 'Pie drop',
      body: 'Forty fig pies.',
      channels: accounts.map((connection_id) => ({ connection_id })),
    })
    .throwOnError()
  await agency.owner.client
    .rpc('submit_post', { post_id: draft.id, revision: draft.revision + 1 })
    .throwOnError()
  const [sealed] = await db`select id, content_digest from content_items where id = ${draft.id}`
  await approve({ id: draft.id, content_digest: sealed?.content_digest }, client)
  await agency.owner.client.rpc('publish_now', { post_id: draft.id }).throwOnError()
  const stands = async () => {
    const [row] = await db`
      select i.status, i.published_at is not null as out, s.status as slot, v.client_status, jsonb_array_length(v.permalinks) as links
      from content_items i
      join content_versions v on v.content_id = i.id
      join scheduled_content s on s.content_id = i.id and s.status <> 'cancelled'
      where i.id = ${draft.id}`
    return row
  }
  const job = async (account: string) => {
    const [row] = await db`
      select id from publish_jobs where content_id = ${draft.id} and connection_id = ${account} order by created_at desc limit 1`
    return row?.id
  }
  const [first = '', second = ''] = accounts
  const published = { kind: 'published', permalink: 'https://www.facebook.com/1' }
  const all = (status: string, links: number, out = false) => ({
    status,
    slot: status,
    client_status: status,
    links,
    out,
  })

  expect(await stands()).toEqual(all('scheduled', 0))
  await sendOne(db, await job(first), { ...published, platform_post_id: randomUUID() })
  expect(await stands()).toEqual(all('publishing', 1))
  await sendOne(db, await job(second), {
    kind: 'refused',
    class: 'invalid',
    code: 'publish_invalid',
    message: 'No.',
  })
  expect(await stands()).toEqual(all('failed', 1))
  await agency.owner.client.rpc('retry_job', { job_id: await job(second) }).throwOnError()
  expect(await stands()).toEqual(all('publishing', 1))
  await sendOne(db, await job(second), { ...published, platform_post_id: randomUUID() })
  expect(await stands()).toEqual(all('published', 2, true))
})

// The old product's name for an agency -------------------------------------------------------------------

test('workspace_id is the agency’s id in text, follows it, and is nobody’s to write', async ({
  foundAgency,
  db,
}) => {
  const [agency, other] = [await foundAgency(), await foundAgency('Tide & Co')]
  const brand = await agency.brand()
  expect(brand.workspace_id).toBe(agency.tenant.id)
  await db`select private.unlock_milestone(${agency.tenant.id}, 'goal_met')`
  const moved = await db`
    update milestones set tenant_id = ${other.tenant.id} where tenant_id = ${agency.tenant.id} returning workspace_id`
  expect(moved[0]?.workspace_id).toBe(other.tenant.id)

  const byApi = await agency.owner.client
    .from('brands')
    .update({ workspace_id: other.tenant.id } as never)
    .eq('id', brand.id)
  expect(byApi.error).not.toBeNull()
  for (const statement of [
    db`update brands set workspace_id = ${other.tenant.id} where id = ${brand.id}`,
    db`update milestones set workspace_id = ${agency.tenant.id} where tenant_id = ${other.tenant.id}`,
  ])
    await expect(statement).rejects.toMatchObject({ code: '428C9' })
})

// The audit chain ----------------------------------------------------------------------------------------

test('the audit log refuses every change, whoever makes it', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  for (const statement of [
    db`update audit_logs set action = 'nothing' where tenant_id = ${agency.tenant.id}`,
    db`delete from audit_logs where tenant_id = ${agency.tenant.id}`,
    db`truncate audit_logs`,
  ])
    await expect(statement).rejects.toMatchObject(notGranted)
})

/** What somebody with the database in their hands could do to a chain of six, and where it shows. */
const tamperings: { what: string; sql: string; found: { broken_at: number; reason: string } | null }[] = [
  { what: 'nothing', sql: 'select', found: null },
  {
    what: 'an entry changed',
    sql: `update audit_logs set metadata = '{"name": "Else"}' where seq = 3`,
    found: { broken_at: 3, reason: 'entry_changed' },
  },
  {
    what: 'another person blamed',
    sql: 'update audit_logs set user_id = gen_random_uuid() where seq = 4',
    found: { broken_at: 4, reason: 'entry_changed' },
  },
  {
    what: 'an entry changed and its hash made anew',
    sql: `update audit_logs set action = 'nothing' where seq = 3;
          update audit_logs a set hash = private.audit_hash(a) where seq = 3`,
    found: { broken_at: 4, reason: 'link_broken' },
  },
  {
    what: 'a link changed',
    sql: `update audit_logs set prev_hash = sha256('else') where seq = 3`,
    found: { broken_at: 3, reason: 'link_broken' },
  },
  {
    what: 'the first entry gone',
    sql: 'delete from audit_logs where seq = 1',
    found: { broken_at: 2, reason: 'entry_missing' },
  },
  {
    what: 'one in the middle gone',
    sql: 'delete from audit_logs where seq = 3',
    found: { broken_at: 4, reason: 'entry_missing' },
  },
  {
    what: 'one gone and the rest moved up',
    sql: `delete from audit_logs where seq = 3;
          update audit_logs set seq = seq + 100 where seq > 3; update audit_logs set seq = seq - 101 where seq > 100`,
    found: { broken_at: 3, reason: 'link_broken' },
  },
  {
    what: 'the tail gone',
    sql: 'delete from audit_logs where seq > 4',
    found: { broken_at: 5, reason: 'tail_missing' },
  },
  { what: 'everything gone', sql: 'delete from audit_logs', found: { broken_at: 1, reason: 'tail_missing' } },
  {
    what: 'the last entry changed and its hash made anew',
    sql: `update audit_logs set action = 'nothing' where seq = 6;
          update audit_logs a set hash = private.audit_hash(a) where seq = 6`,
    found: { broken_at: 7, reason: 'tail_missing' },
  },
]

test('the verifier finds what was done to the chain, where it was done', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  for (const name of ['A', 'B', 'C', 'D', 'E']) await agency.brand(`Brand ${name}`)
  const neighbour = await foundAgency('Tide & Co')

  for (const { what, sql, found } of tamperings) {
    const verdicts = await undone(db, async (transaction) => {
      await transaction`create temporary table others on commit drop as select * from audit_logs where tenant_id <> ${agency.tenant.id}`
      await transaction.unsafe(`alter table audit_logs disable trigger user; delete from audit_logs a using others o where a.id = o.id;
        ${sql}; insert into audit_logs select * from others`)
      return [
        ...(await transaction`select intact, broken_at::int, reason from private.verify_audit(${agency.tenant.id})`),
        ...(await transaction`select intact from private.verify_audit(${neighbour.tenant.id})`),
      ]
    })
    expect(verdicts, what).toEqual([
      { intact: found === null, broken_at: found?.broken_at ?? null, reason: found?.reason ?? null },
      { intact: true },
    ])
  }
})

test('an owner has their agency’s chain verified, and nobody else’s', async ({ foundAgency }) => {
  const [agency, other] = [await foundAgency(), await foundAgency('Tide & Co')]
  const staff = await agency.member(await agency.brand(), 'manager', 'Priya Raman')
  const verify = (by: Person) => by.client.rpc('verify_audit_log', { tenant_id: agency.tenant.id })
  const { data } = await verify(agency.owner).throwOnError()
  expect(data).toEqual([{ entries: expect.any(Number), intact: true, broken_at: null, reason: null }])
  for (const outsider of [other.owner, staff])
    expect((await verify(outsider)).error).toMatchObject({ code: 'P0001', message: 'tenant_not_found' })
})

/** Runs `act` in a transaction that is taken back. */
async function undone<Answer>(
  db: postgres.Sql,
  act: (sql: postgres.TransactionSql) => Promise<Answer>,
): Promise<Answer> {
  const answer: Answer[] = []
  const back = new Error('taken back')
  await db
    .begin(async (transaction) => {
      answer.push(await act(transaction))
      throw back
    })
    .catch((error) => {
      if (error !== back) throw error
    })
  const [given] = answer
  if (given === undefined) throw new Error('No answer.')
  return given
}

// Staff --------------------------------------------------------------------------------------------------

test('an agency’s owners and admins stand on each of its brands, as long and as what they are', async ({
  foundAgency,
  signUp,
  db,
}) => {
  const agency = await foundAgency()
  const brands = [await agency.brand(), await agency.brand()]
  const priya = await signUp('Priya Raman')
  const stands = async () =>
    (await db`select role, mirrored from brand_members where user_id = ${priya.id} order by brand_id`).map(
      (row) => ({ ...row }),
    )
  const as = (role: string) => brands.map(() => ({ role, mirrored: true }))
  const member = { tenant_id: agency.tenant.id, user_id: priya.id }
  const setRole = (role: string) => db`update tenant_members set role = ${role} where user_id = ${priya.id}`

  await db`insert into tenant_members ${db({ ...member, role: 'staff' })}`
  expect(await stands()).toEqual([])
  await setRole('admin')
  expect(await stands()).toEqual(as('admin'))
  await setRole('owner')
  expect(await stands()).toEqual(as('owner'))
  brands.push(await agency.brand())
  expect(await stands()).toEqual(as('owner'))
  await setRole('staff')
  expect(await stands()).toEqual([])
  await setRole('admin')
  await db`delete from tenant_members where user_id = ${priya.id}`
  expect(await stands()).toEqual([])
})

test('a place that an agency’s role gives is out of reach of every function', async ({
  foundAgency,
  signUp,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const priya = await signUp('Priya Raman')
  await db`insert into tenant_members ${db({ tenant_id: agency.tenant.id, user_id: priya.id, role: 'admin' })}`
  const whom = { brand_id: brand.id, user_id: agency.owner.id }
  const calls = [
    priya.client.rpc('set_member_role', { ...whom, role: 'client_viewer' }),
    priya.client.rpc('remove_member', whom),
    agency.owner.client.rpc('set_member_role', { brand_id: brand.id, user_id: priya.id, role: 'manager' }),
    agency.owner.client.rpc('remove_member', { brand_id: brand.id, user_id: priya.id }),
  ]
  for (const { error } of await Promise.all(calls))
    expect(error).toMatchObject({ code: 'P0001', message: 'member_mirrored' })
  const { token } = await agency.invite(brand, 'other@copydesk.example', 'client_viewer')
  expect((await priya.client.rpc('accept_invitation', { token })).error).toMatchObject({
    message: 'member_exists',
  })
  const byHand = await priya.client.from('brand_members').update({ role: 'member' }).eq('brand_id', brand.id)
  expect(byHand.error).toMatchObject(notGranted)
})

test('an admin who is named while a brand is opened stands on it', async ({ foundAgency, signUp, db }) => {
  const agency = await foundAgency()
  const priya = await signUp('Priya Raman')
  const met = meeting(2)
  const named = db.begin(async (sql) => {
    await sql`insert into tenant_members ${sql({ tenant_id: agency.tenant.id, user_id: priya.id, role: 'admin' })}`
    await met()
  })
  const opened = db.begin(async (sql) => {
    await sql`insert into brands (tenant_id, name, slug, code) values (${agency.tenant.id}, 'Tarn', 'tarn', 'TA')`
    await met()
  })
  await Promise.all([named, opened])
  const [seat] = await db`
    select m.role from brand_members m join brands b on b.id = m.brand_id where b.slug = 'tarn' and m.user_id = ${priya.id}`
  expect(seat?.role).toBe('admin')
})

test('an agency keeps an owner: the last one neither leaves nor steps down, but may hand over', async ({
  foundAgency,
  signUp,
  db,
}) => {
  const agency = await foundAgency()
  const heir = await signUp('Priya Raman')
  const [ours, owner] = [agency.tenant.id, agency.owner.id]
  await expect(db`delete from tenant_members where tenant_id = ${ours}`).rejects.toMatchObject(ownerNeeded)
  await expect(db`update tenant_members set role = 'admin' where tenant_id = ${ours}`).rejects.toMatchObject(
    ownerNeeded,
  )

  await db.begin(async (sql) => {
    await sql`delete from tenant_members where tenant_id = ${ours} and user_id = ${owner}`
    await sql`insert into tenant_members ${sql({ tenant_id: ours, user_id: heir.id, role: 'owner' })}`
  })
  const owners = await db`select user_id from tenant_members where tenant_id = ${ours} and role = 'owner'`
  expect(owners.map(({ user_id }) => user_id)).toEqual([heir.id])
})

test('of two owners who leave at once, one stays', async ({ foundAgency, signUp, db }) => {
  const agency = await foundAgency()
  const second = await signUp('Priya Raman')
  await db`insert into tenant_members ${db({ tenant_id: agency.tenant.id, user_id: second.id, role: 'owner' })}`
  const met = meeting(2)
  const leave = (id: string) =>
    db.begin(async (sql) => {
      await sql`delete from tenant_members where tenant_id = ${agency.tenant.id} and user_id = ${id}`
      // Between the check and the commit is where they would miss each other.
      await sql`set constraints all immediate`
      await met()
    })
  const answers = await Promise.allSettled([leave(agency.owner.id), leave(second.id)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: ownerNeeded })
  expect(
    await db`select from tenant_members where tenant_id = ${agency.tenant.id} and role = 'owner'`,
  ).toHaveLength(1)
})

/** A place where transactions wait for each other before they commit; whoever is locked out arrives late. */
function meeting(size: number, patienceMs = 400) {
  const all = Promise.withResolvers<void>()
  let here = 0
  return async () => {
    here += 1
    if (here === size) all.resolve()
    const late = setTimeout(all.resolve, patienceMs)
    await all.promise
    clearTimeout(late)
  }
}

// Advice and goals ---------------------------------------------------------------------------------------

test('an advice weighs 0.1 more or less with each answer, within 0.5 and 1.5, its kind apart', async ({
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const say = sayer(agency, brand)
  const weights: number[] = []
  for (const feedback of [
    'accepted',
    'implemented',
    'rejected',
    ...Array(6).fill('accepted'),
    ...Array(12).fill('rejected'),
  ])
    weights.push((await say(feedback)).new_weight)
  expect(weights).toEqual([
    ...[1.1, 1.2, 1.1, 1.2, 1.3, 1.4, 1.5, 1.5, 1.5],
    ...[1.4, 1.3, 1.2, 1.1, 1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.5, 0.5],
  ])
  expect(await say('accepted', 'timing')).toMatchObject({ previous_weight: 1, new_weight: 1.1 })
  expect(await sayer(agency, await agency.brand())('rejected')).toMatchObject({
    previous_weight: 1,
    new_weight: 0.9,
  })
})

test('answers at once each start from the weight that the one before left', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const say = sayer(agency, await agency.brand())
  const given = await Promise.all(Array.from({ length: 8 }, () => say('accepted')))
  const steps = given.map(({ previous_weight, new_weight }) => `${previous_weight} ${new_weight}`).toSorted()
  expect(steps).toEqual(
    ['1 1.1', '1.1 1.2', '1.2 1.3', '1.3 1.4', '1.4 1.5', '1.5 1.5', '1.5 1.5', '1.5 1.5'].toSorted(),
  )
})

test('nobody sets a weight', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const { error } = await agency.owner.client
    .from('advisor_feedback')
    .insert({ ...advice(brand, 'accepted', 'content'), new_weight: 1.5 })
  expect(error).toMatchObject(notGranted)
})

function sayer(agency: Agency, brand: Brand) {
  return async (feedback: string, category = 'content') => {
    const { data } = await agency.owner.client
      .from('advisor_feedback')
      .insert(advice(brand, feedback, category))
      .select('previous_weight, new_weight')
      .single()
      .throwOnError()
    return data
  }
}

function advice({ id }: Brand, feedback: string, category: string) {
  return { brand_id: id, insight_id: 'post-in-the-morning', category, type: 'recommendation', feedback }
}

test('a goal is met by the numbers, opens again with a higher target, and a cancelled one stays so', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const { client } = agency.owner
  const { data: goal } = await client
    .from('analytics_goals')
    .insert({ brand_id: brand.id, metric: 'reach', target: 100, deadline: '2031-01-01T00:00:00Z' })
    .select('id, status, current, tenant_id')
    .single()
    .throwOnError()
  expect(goal).toMatchObject({ status: 'active', current: 0, tenant_id: agency.tenant.id })
  const stands = async () => (await db`select status from analytics_goals where id = ${goal.id}`)[0]?.status
  const reach = (current: number) => db`update analytics_goals set current = ${current} where id = ${goal.id}`

  await reach(99)
  expect(await stands()).toBe('active')
  await reach(100)
  expect(await stands()).toBe('completed')
  await client.from('analytics_goals').update({ target: 200 }).eq('id', goal.id).throwOnError()
  expect(await stands()).toBe('active')
  await db`update analytics_goals set status = 'cancelled' where id = ${goal.id}`
  await reach(500)
  expect(await stands()).toBe('cancelled')

  for (const change of [{ current: 1000 }, { status: 'completed' }]) {
    const { error } = await client.from('analytics_goals').update(change).eq('id', goal.id)
    expect(error).toMatchObject(notGranted)
  }
})

test('an agency goes only after its brands, each of which has its grace', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  await expect(db`delete from tenants where id = ${agency.tenant.id}`).rejects.toMatchObject({
    code: '23503',
    table_name: 'brands',
  })
  await db`delete from brands where id = ${brand.id}`
  await db`delete from tenants where id = ${agency.tenant.id}`
})

test('who has chosen no zone for their mails has the plan’s', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const client = await agency.member(brand, 'client_viewer', 'Marguerite Oakes')
  const { data } = await client.client
    .from('client_settings')
    .insert({ client_id: client.id, brand_id: brand.id })
    .select('timezone')
    .single()
    .throwOnError()
  expect(data).toEqual({ timezone: 'America/Chicago' })
})
