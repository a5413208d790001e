import { randomUUID } from 'node:crypto'
import { tomorrow } from '#tests/support/agency.ts'
import { expect, test } from '#tests/support/test.ts'

type Channel = { connection_id: string; body?: string; first_comment?: string }

test('people write the columns named here, and nothing else by hand', async ({ db }) => {
  const written = await db<{ grant: string }[]>`
    select grantee || ' ' || lower(privilege_type) || ' ' || table_name || '.' || column_name as grant
      from information_schema.column_privileges
     where table_schema in ('public', 'private') and grantee in ('anon', 'authenticated', 'PUBLIC')
       and privilege_type <> 'SELECT' order by 1`
  const tables = new Map<string, string[]>()
  for (const { grant } of written) {
    const [what = '', column = ''] = grant.split('.')
    tables.set(what, [...(tables.get(what) ?? []), column])
  }
  expect(Object.fromEntries(tables)).toEqual({
    'authenticated insert advisor_feedback': ['brand_id', 'category', 'feedback', 'insight_id', 'type'],
    'authenticated insert analytics_goals': ['brand_id', 'deadline', 'metric', 'notes', 'target'],
    'authenticated insert client_settings': [
      'brand_id',
      'client_id',
      'email_preferences',
      'language',
      'timezone',
    ],
    'authenticated insert content_comments': ['anchor', 'audience', 'body', 'brand_id', 'content_id'],
    'authenticated insert media_assets': [
      'alt_text',
      'brand_id',
      'category',
      'filename',
      'id',
      'mime_type',
      'path',
      'size_bytes',
    ],
    'authenticated update analytics_goals': ['deadline', 'notes', 'target'],
    'authenticated update brands': [
      'description',
      'industry',
      'logo_url',
      'name',
      'primary_color',
      'time_zone',
      'website_url',
    ],
    'authenticated update client_settings': [
      'email_preferences',
      'language',
      'timezone',
      'unsubscribed_from_all',
      'unsubscribed_types',
    ],
    'authenticated update media_assets': ['alt_text', 'filename'],
    'authenticated update profiles': ['avatar_url', 'display_name', 'time_zone'],
    'authenticated update tenants': ['name'],
    'authenticated update workflow_notifications': ['read_at'],
  })

  const whole = await db`
    select c.relname, r.rolname from pg_class c, pg_roles r
     where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'v', 'm', 'p')
       and r.rolname in ('anon', 'authenticated')
       and (has_table_privilege(r.oid, c.oid, 'insert, update, delete, truncate, references, trigger')
            or r.rolname = 'anon' and has_any_column_privilege(r.oid, c.oid, 'select'))`
  // Nothing but the goals people set themselves can be deleted as a row.
  expect([...whole]).toEqual([{ relname: 'analytics_goals', rolname: 'authenticated' }])
})

test('every table guards its rows, and every function that lends rights looks names up nowhere but where it says', async ({
  db,
}) => {
  const unguarded = await db`
    select c.relname from pg_class c
     where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p') and not c.relrowsecurity`
  expect([...unguarded]).toEqual([])
  const loose = await db`
    select p.oid::regprocedure::text as name from pg_proc p
     where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
       and not coalesce('search_path=""' = any (p.proconfig), false)`
  expect([...loose]).toEqual([])
  const [reach] = await db`
    select has_schema_privilege('authenticated', 'public', 'create') as makes_objects,
           has_schema_privilege('authenticated', 'graphile_worker', 'usage') as queues_work,
           has_schema_privilege('anon', 'private', 'usage') as anon_in_private`
  expect(reach).toEqual({ makes_objects: false, queues_work: false, anon_in_private: false })
})

test('of the inner functions people may call those that answer about themselves alone', async ({ db }) => {
  const callable = await db<{ name: string; definer: boolean }[]>`
    select p.proname as name, p.prosecdef as definer from pg_proc p
     where p.pronamespace = 'private'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute') order by 1`
  expect(callable.filter((f) => f.definer).map((f) => f.name)).toEqual([
    'brands_with',
    'open_uploads',
    'shared_assets',
    'shared_content',
    'shared_paths',
    'tenants_with',
    'visible_people',
    'visible_tenants',
  ])
  expect(callable.filter((f) => !f.definer).map((f) => f.name)).toEqual([
    'is_time_zone',
    'now',
    'refuse',
    'utf16_length',
  ])
  const toNobody = await db`
    select p.proname from pg_proc p
     where p.pronamespace = 'private'::regnamespace and has_function_privilege('anon', p.oid, 'execute')`
  expect([...toNobody]).toEqual([])
})

test('arguments of no sense are refused and leave nothing behind', async ({ foundAgency, db, api }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const account = await agency.account(brand)
  const [one, two] = [await agency.picture(brand, author), await agency.picture(brand, author)]
  const post = await agency.draft(brand, author)
  const session = await author.client.auth.getSession()
  const call = (name: string, body: unknown) =>
    fetch(`${api.url}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: {
        apikey: api.publishableKey,
        authorization: `Bearer ${session.data.session?.access_token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
  const counts = async () => {
    const [rows] = await db`
      select (select count(*)::int from content_items where brand_id = ${brand.id}) as posts,
             (select next_number from brands where id = ${brand.id}) as next_number,
             (select count(*)::int from audit_logs where tenant_id = ${agency.tenant.id}) as audited`
    return rows
  }
  const before = await counts()

  const create = { brand_id: brand.id, title: 'x', body: 'x' }
  const attempts: [string, unknown][] = [
    ['create_post', { ...create, brand_id: null }],
    ['create_post', { ...create, channels: { connection_id: account } }],
    ['create_post', { ...create, channels: [null] }],
    ['create_post', { ...create, channels: [[account]] }],
    ['create_post', { ...create, channels: [{ connection_id: account }, { connection_id: account }] }],
    ['create_post', { ...create, channels: [{ connection_id: account.toUpperCase() }] }],
    ['create_post', { ...create, channels: [{ connection_id: `${account}' or true --` }] }],
    ['create_post', { ...create, media_ids: [one.id, one.id] }],
    ['create_post', { ...create, media_ids: [one.id, null] }],
    ['create_post', { ...create, media_ids: `{{${one.id}},{${two.id}}}` }],
    ['create_post', { ...create, media_ids: Array.from({ length: 11 }, () => randomUUID()) }],
    ['create_post', { ...create, link: 'javascript:alert(1)' }],
    ['create_post', { ...create, link: 'https://a.example/\njavascript:alert(1)' }],
    ['create_post', { ...create, body: 'a\u0000b' }],
    ['create_post', { ...create, body: 'x'.repeat(100_001) }],
    ['save_post', { post_id: post.id, base_revision: null, title: 'x', body: 'x' }],
    ['submit_post', { post_id: post.id, revision: null }],
    ['schedule_post', { post_id: post.id, local_time: null, time_zone: 'Europe/London' }],
    ['schedule_post', { post_id: post.id, local_time: 'infinity', time_zone: 'Europe/London' }],
    ['schedule_post', { post_id: post.id, local_time: '-infinity', time_zone: 'Europe/London' }],
    ['schedule_post', { post_id: post.id, local_time: '294276-12-31T23:00:00', time_zone: 'Pacific/Apia' }],
    ['schedule_post', { post_id: post.id, local_time: tomorrow('09:00'), time_zone: '../../etc/passwd' }],
    ['schedule_post', { post_id: post.id, local_time: tomorrow('09:00'), time_zone: null }],
    ['set_approval_mode', { brand_id: null, approval_mode: 'none' }],
    ['begin_connect', { brand_id: null, platform: 'meta', redirect_uri: 'https://x.example/' }],
    ['accept_invitation', { token: null }],
    ['finish_connect', { state: null, code: null }],
  ]
  for (const [name, body] of attempts) {
    const response = await call(name, body)
    const text = await response.text()
    expect(response.status, `${name} ${JSON.stringify(body).slice(0, 200)} → ${text}`).toBeGreaterThanOrEqual(
      400,
    )
  }
  expect(await counts()).toEqual(before)
})

test('a client reaches no file by listing, copying, moving or signing a place for one', async ({
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const approver = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const stranger = (await foundAgency('Marrow & Co')).owner
  const rivalBrand = (await agency.brand()).id
  const { asset, bytes } = await agency.uploaded(brand, author)

  for (const { client } of [approver, stranger]) {
    const bucket = client.storage.from('media')
    for (const folder of ['', brand.id, `${brand.id}/${asset.id}`])
      expect((await bucket.list(folder)).data ?? [], folder).toEqual([])
    expect((await bucket.download(asset.path)).data).toBeNull()
    expect((await bucket.info(asset.path)).data).toBeNull()
    expect((await bucket.createSignedUrls([asset.path], 60)).data?.[0]?.signedUrl ?? null).toBeNull()
    const elsewhere = `${rivalBrand}/${randomUUID()}/taken.jpg`
    expect((await bucket.copy(asset.path, elsewhere)).error).not.toBeNull()
    expect((await bucket.move(asset.path, elsewhere)).error).not.toBeNull()
    expect((await bucket.createSignedUploadUrl(elsewhere)).error).not.toBeNull()
  }
  // Nor does whoever put it there take it back, or put another in its place.
  const own = author.client.storage.from('media')
  expect((await own.move(asset.path, `${brand.id}/${asset.id}/away.jpg`)).error).not.toBeNull()
  expect((await own.copy(asset.path, `${brand.id}/${asset.id}/again.jpg`)).error).not.toBeNull()
  expect((await own.createSignedUploadUrl(asset.path, { upsert: true })).error).not.toBeNull()
  expect((await own.download(asset.path)).data?.size).toBe(bytes.length)
})

test('of a yes and an edit at the same moment, what was said yes to is what stands', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  for (let round = 0; round < 6; round++) {
    const post = await agency.submitted(brand, author)
    const { data: channels } = await author.client
      .from('content_channels')
      .select('connection_id')
      .eq('content_id', post.id)
      .throwOnError()
    const yes = client.client.rpc('decide_approval', {
      post_id: post.id,
      seen_digest: post.content_digest,
      outcome: 'approved',
    })
    const edit = author.client.rpc('save_post', {
      post_id: post.id,
      base_revision: post.revision,
      title: 'Swapped',
      body: `Swapped in round ${round}.`,
      channels,
    })
    await Promise.all(round % 2 ? [yes, edit] : [edit, yes])
    const state = await agency.state(post)
    expect(state.status).toBe('draft')
    expect(state.jobs.filter((status: string) => status !== 'cancelled')).toEqual([])
    const claims = await db`
      select private.claim_publish_job(j.id, 'w', 1000) as claim from publish_jobs j where j.content_id = ${post.id}`
    expect(claims.filter(({ claim }) => claim !== null)).toEqual([])
  }
})

test('of two who decide, and of two who take one invitation, one is first and the other is told', async ({
  foundAgency,
  signUp,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const approvers = [
    await agency.member(brand, 'client_approver', 'Marguerite Oakes'),
    await agency.member(brand, 'client_approver', 'Nadia Aziz'),
  ]
  const post = await agency.submitted(brand, author)
  const decided = await Promise.all(
    approvers.map(({ client }, n) =>
      client.rpc('decide_approval', {
        post_id: post.id,
        seen_digest: post.content_digest,
        outcome: n === 0 ? 'approved' : 'changes_requested',
        comment: 'As I said.',
      }),
    ),
  )
  expect(decided.filter(({ error }) => error).map(({ error }) => error?.message)).toEqual([
    'decision_already_made',
  ])
  const [decisions] = await db`select count(*)::int as n from post_approvals where post_id = ${post.id}`
  expect(decisions?.n).toBe(1)

  const { token } = await agency.invite(brand, 'shared@oatandember.example', 'manager')
  const people = [await signUp('First Comer'), await signUp('Second Comer')]
  const joined = await Promise.all(people.map(({ client }) => client.rpc('accept_invitation', { token })))
  expect(joined.filter(({ error }) => error).map(({ error }) => error?.message)).toEqual(['invite_used'])
  const [members] = await db`
    select count(*)::int as n from brand_members where brand_id = ${brand.id} and role = 'manager'`
  expect(members?.n).toBe(1)
})

test('a member cannot take a higher role by an invitation to themselves', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const creator = await agency.member(brand, 'creator')
  const { token } = await agency.invite(brand, 'alias@copydesk.example', 'admin')
  const { error } = await creator.client.rpc('accept_invitation', { token })
  expect(error).toMatchObject({ code: 'P0001', message: 'member_exists' })
  await creator.client.auth.updateUser({ data: { role: 'admin', app_role: 'service_role' } })
  const [row] = await db`select role from brand_members where user_id = ${creator.id}`
  expect(row?.role).toBe('creator')
})

test('what a client holds goes out by no other door', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const manager = await agency.member(brand, 'manager', 'Priya Raman')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.scheduled(brand, manager, client)
  await client.client
    .rpc('decide_approval', { post_id: post.id, seen_digest: post.content_digest, outcome: 'held' })
    .throwOnError()

  const now = await manager.client.rpc('publish_now', { post_id: post.id })
  expect(now.error).toMatchObject({ code: 'P0001', message: 'post_held' })
  await manager.client.rpc('unschedule_post', { post_id: post.id }).throwOnError()
  await manager.client
    .rpc('schedule_post', { post_id: post.id, local_time: tomorrow('12:00'), time_zone: 'Europe/London' })
    .throwOnError()
  const release = await manager.client.rpc('decide_approval', {
    post_id: post.id,
    seen_digest: post.content_digest,
    outcome: 'approved',
  })
  expect(release.error).toMatchObject({ code: 'P0001', message: 'decision_not_yours' })
  expect(await agency.state(post)).toMatchObject({ jobs: ['paused'], held_at: expect.any(Date) })

  await db`update publish_jobs set scheduled_for = now() - interval '1 minute', status = 'scheduled' where content_id = ${post.id}`
  const [claimed] = await db`
    select private.claim_publish_job(j.id, 'w', 1000) as claim from publish_jobs j where content_id = ${post.id}`
  expect(claimed?.claim).toBeNull()
})

test('an attempt to connect is finished by its starter alone, once, and only while they may', async ({
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const admin = await agency.member(brand, 'admin', 'Priya Raman')
  const begin = async () => {
    const { data } = await admin.client
      .rpc('begin_connect', { brand_id: brand.id, platform: 'meta', redirect_uri: 'https://desk.example/' })
      .single()
      .throwOnError()
    return data.state
  }
  const state = await begin()
  const stolen = await agency.owner.client.rpc('finish_connect', { state, code: 'theirs' })
  expect(stolen.error).toMatchObject({ code: 'P0001', message: 'oauth_state_not_yours' })
  await admin.client.rpc('finish_connect', { state, code: 'mine' }).throwOnError()
  const again = await admin.client.rpc('finish_connect', { state, code: 'another' })
  expect(again.error).toMatchObject({ code: 'P0001', message: 'oauth_state_used' })

  const late = await begin()
  await agency.owner.client
    .rpc('set_member_role', { brand_id: brand.id, user_id: admin.id, role: 'manager' })
    .throwOnError()
  const demoted = await admin.client.rpc('finish_connect', { state: late, code: 'too late' })
  expect(demoted.error).toMatchObject({ code: 'P0001', message: 'oauth_state_not_yours' })
})

test('the same page on two brands stays two accounts: neither sends with, or ends, the other’s', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const [mine, theirs] = [await agency.brand(), await agency.brand()]
  const author = await agency.member(mine, 'creator')
  const client = await agency.member(mine, 'client_approver', 'Marguerite Oakes')
  const page = randomUUID().slice(0, 12)
  const [here, there] = [
    await agency.account(mine, 'One page', page),
    await agency.account(theirs, 'One page', page),
  ]
  expect(here).not.toBe(there)
  const post = await agency.scheduled(mine, author, client)
  await agency.owner.client.rpc('disconnect', { connection_id: there }).throwOnError()
  const [left] = await db`
    select (select status from connections where id = ${here}) as status,
           (select count(*)::int from encrypted_secrets where connection_id = ${here}) as secrets,
           (select connection_id from publish_jobs where content_id = ${post.id}) as sends_with`
  expect(left).toEqual({ status: 'active', secrets: 1, sends_with: here })
  expect(await agency.state(post)).toMatchObject({ status: 'scheduled', jobs: ['scheduled'] })
})

test('a yes covers each account’s own words, the link and the pictures in their order; a title it does not', async ({
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const [a, b] = [await agency.account(brand, 'Page A'), await agency.account(brand, 'Page B')]
  const [one, two] = [await agency.picture(brand, author), await agency.picture(brand, author)]
  const channels: Channel[] = [{ connection_id: a }, { connection_id: b, body: 'Their own.' }]
  const base = {
    brand_id: brand.id,
    title: 'Sealed',
    body: 'Shared words.',
    media_ids: [one.id, two.id],
    channels,
  }
  const digest = async (changed: Partial<typeof base> & { link?: string; first_comment?: string }) => {
    const { data } = await author.client.rpc('create_post', { ...base, ...changed }).throwOnError()
    return data.content_digest
  }
  const sealed = await digest({})
  expect(await digest({ title: 'Another title' })).toBe(sealed)
  expect(await digest({ channels: [...channels].reverse() })).toBe(sealed)

  const others = await Promise.all([
    digest({ body: 'Shared words. ' }),
    digest({ link: 'https://oatandember.example/' }),
    digest({ first_comment: 'https://oatandember.example/' }),
    digest({ media_ids: [two.id, one.id] }),
    digest({ media_ids: [one.id] }),
    digest({ channels: [{ connection_id: a, body: 'Their own.' }, { connection_id: b }] }),
    digest({ channels: [{ connection_id: a }, { connection_id: b, first_comment: 'Their own.' }] }),
    digest({ channels: [{ connection_id: a }] }),
    // Text that looks like what surrounds it in the digest stays text.
    digest({ body: 'Shared words.", "link": "https://evil.example/' }),
    digest({
      channels: [{ connection_id: a }, { connection_id: b, body: 'Their own.", null], ["facebook' }],
    }),
  ])
  expect(new Set([sealed, ...others]).size).toBe(others.length + 1)
})

test('a post that is being sent is neither edited, held, moved, archived nor sent twice', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const manager = await agency.member(brand, 'manager', 'Priya Raman')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.scheduled(brand, manager, client)
  await manager.client.rpc('publish_now', { post_id: post.id }).throwOnError()
  const claims = await Promise.all(
    ['one', 'two', 'three'].map(
      (worker) => db`
        select private.claim_publish_job(j.id, ${worker}, 60000) as claim from publish_jobs j where content_id = ${post.id}`,
    ),
  )
  expect(claims.filter(([row]) => row?.claim !== null)).toHaveLength(1)

  const { revision } = await agency.state(post)
  for (const { error } of [
    await manager.client.rpc('save_post', {
      post_id: post.id,
      base_revision: revision,
      title: 'x',
      body: 'x',
    }),
    await manager.client.rpc('unschedule_post', { post_id: post.id }),
    await manager.client.rpc('archive_post', { post_id: post.id }),
    await manager.client.rpc('publish_now', { post_id: post.id }),
    await manager.client.rpc('withdraw_post', { post_id: post.id }),
    await manager.client.rpc('schedule_post', {
      post_id: post.id,
      local_time: tomorrow('12:00'),
      time_zone: 'Europe/London',
    }),
    await client.client.rpc('decide_approval', {
      post_id: post.id,
      seen_digest: post.content_digest,
      outcome: 'held',
    }),
  ])
    expect(error?.code).toBe('P0001')
  expect(await agency.state(post)).toMatchObject({ status: 'publishing', jobs: ['processing'] })
})

test('an argument that is null is refused in words, by every call', async ({ foundAgency, db, api }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const member = await agency.member(brand, 'creator')
  await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.submitted(brand, agency.owner)
  const session = await agency.owner.client.auth.getSession()
  const refusal = async (name: string, body: unknown) => {
    const response = await fetch(`${api.url}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: {
        apikey: api.publishableKey,
        authorization: `Bearer ${session.data.session?.access_token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
    const answer = await response.json()
    return answer?.code === 'P0001' ? answer.message : answer
  }
  const time = { local_time: tomorrow('09:00'), time_zone: 'Europe/London' }
  const decide = { post_id: post.id, seen_digest: post.content_digest, outcome: 'approved' }
  const invite = { brand_id: brand.id, email: 'someone@oatandember.example', role: 'creator' }
  const audited = () => db`select count(*)::int as n from audit_logs where tenant_id = ${agency.tenant.id}`
  const before = [...(await audited())]

  const expected: [string, object, string][] = [
    ['create_post', { brand_id: null, title: 'x', body: 'x' }, 'brand_not_found'],
    ['save_post', { post_id: null, base_revision: 1, title: 'x', body: 'x' }, 'post_not_found'],
    ['submit_post', { post_id: null, revision: 1 }, 'post_not_found'],
    ['withdraw_post', { post_id: null }, 'post_not_found'],
    ['archive_post', { post_id: null }, 'post_not_found'],
    ['delete_draft', { post_id: null }, 'post_not_found'],
    ['schedule_post', { post_id: null, ...time }, 'post_not_found'],
    ['schedule_post', { post_id: post.id, ...time, local_time: null }, 'schedule_missing'],
    ['schedule_post', { post_id: post.id, ...time, time_zone: null }, 'time_zone_unknown'],
    ['unschedule_post', { post_id: null }, 'post_not_found'],
    ['publish_now', { post_id: null }, 'post_not_found'],
    ['post_timeline', { post_id: null }, 'post_not_found'],
    ['decide_approval', { ...decide, post_id: null }, 'post_not_found'],
    ['decide_approval', { ...decide, outcome: null }, 'decision_unknown'],
    ['retry_job', { job_id: null }, 'job_not_found'],
    ['recheck_job', { job_id: null }, 'job_not_found'],
    ['mark_job_live', { job_id: null, url: null }, 'job_not_found'],
    ['begin_connect', { brand_id: null, platform: 'meta', redirect_uri: 'x' }, 'brand_not_found'],
    ['begin_connect', { brand_id: brand.id, platform: null, redirect_uri: 'x' }, 'platform_unknown'],
    [
      'begin_connect',
      { brand_id: brand.id, platform: 'meta', redirect_uri: null },
      'oauth_redirect_mismatch',
    ],
    ['finish_connect', { state: null, code: null }, 'oauth_state_unknown'],
    ['refuse_connect', { state: null, error: null }, 'oauth_state_unknown'],
    ['disconnect', { connection_id: null }, 'connection_not_found'],
    ['finish_upload', { asset_id: null }, 'media_not_found'],
    ['archive_media', { asset_id: null }, 'media_not_found'],
    ['invite_member', { ...invite, brand_id: null }, 'brand_not_found'],
    ['invite_member', { ...invite, email: null }, 'invite_email_invalid'],
    ['invite_member', { ...invite, role: null }, 'role_unknown'],
    ['resend_invitation', { invitation_id: null }, 'invite_not_found'],
    ['revoke_invitation', { invitation_id: null }, 'invite_not_found'],
    ['accept_invitation', { token: null }, 'invite_unknown'],
    ['set_member_role', { brand_id: null, user_id: member.id, role: 'admin' }, 'brand_not_found'],
    ['set_member_role', { brand_id: brand.id, user_id: null, role: 'admin' }, 'member_not_found'],
    ['set_member_role', { brand_id: brand.id, user_id: member.id, role: null }, 'role_unknown'],
    ['remove_member', { brand_id: null, user_id: member.id }, 'brand_not_found'],
    ['remove_member', { brand_id: brand.id, user_id: null }, 'member_not_found'],
    ['set_approval_mode', { brand_id: null, approval_mode: 'none' }, 'brand_not_found'],
    ['set_approval_mode', { brand_id: brand.id, approval_mode: null }, 'approval_mode_unknown'],
    ['create_tenant', { name: null }, 'tenant_name_invalid'],
    ['create_brand', { tenant_id: null, name: 'x', time_zone: 'Europe/London' }, 'tenant_not_found'],
    [
      'create_brand',
      { tenant_id: agency.tenant.id, name: null, time_zone: 'Europe/London' },
      'brand_name_invalid',
    ],
    ['create_brand', { tenant_id: agency.tenant.id, name: 'x', time_zone: null }, 'time_zone_unknown'],
    [
      'create_brand',
      { tenant_id: agency.tenant.id, name: 'x', time_zone: 'Europe/London', approval_mode: null },
      'approval_mode_unknown',
    ],
  ]
  const answers = await Promise.all(expected.map(([name, body]) => refusal(name, body)))
  expect(expected.map(([name, body], n) => [name, body, answers[n]])).toEqual(expected)
  expect([...(await audited())]).toEqual(before)
})

test('nobody floods an address with invitations, by revoking them or from another brand', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brands = [await agency.brand(), await agency.brand()]
  const email = `${randomUUID().slice(0, 8)}@elsewhere.example`
  const { client: owner } = agency.owner
  const invite = (address: string, n: number) =>
    owner.rpc('invite_member', { brand_id: brands[n % 2]?.id ?? '', email: address, role: 'creator' })
  for (let n = 0; n < 5; n++) {
    const { data } = await invite(email, n).throwOnError()
    await owner.rpc('revoke_invitation', { invitation_id: data.id }).throwOnError()
  }
  for (const [n, address] of [email, email.toUpperCase(), ` ${email} `].entries())
    expect((await invite(address, n)).error).toMatchObject({
      code: 'P0001',
      message: 'invite_too_many_today',
    })
  const [sent] = await db`select count(*)::int as n from outbound_emails where to_email = ${email}`
  expect(sent?.n).toBe(5)

  // Others are still asked in, and the next day they too.
  await invite(`next.${email}`, 0).throwOnError()
  await db`update outbound_emails set created_at = created_at - interval '1 day' where to_email = ${email}`
  await invite(email, 0).throwOnError()
})

test('a client’s mailed link ends with their role, and opens no desk of anybody’s', async ({
  foundAgency,
  service,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const mailedTo = async (client: { id: string }) => {
    const token = randomUUID()
    const [mail] =
      await db`select id from outbound_emails where to_user_id = ${client.id} and template = 'approval_request'`
    await db`select private.issue_link_token(${mail?.id}, sha256(convert_to(${token}, 'UTF8')))`
    return async () => (await service.rpc('redeem_portal_link', { token })).error?.message ?? 'opens'
  }
  const [promoted, elsewhere, founder] = [
    await agency.member(brand, 'client_approver', 'Marguerite Oakes'),
    await agency.member(brand, 'client_approver', 'Nadia Aziz'),
    await agency.member(brand, 'client_approver', 'Jun Ito'),
  ]
  await agency.submitted(brand, author)
  const links = await Promise.all([promoted, elsewhere, founder].map(mailedTo))
  expect(await Promise.all(links.map((open) => open()))).toEqual(['opens', 'opens', 'opens'])

  // Made one of the agency's, and made a client again: the old link stays ended.
  for (const role of ['creator', 'client_approver'] as const) {
    await agency.owner.client
      .rpc('set_member_role', { brand_id: brand.id, user_id: promoted.id, role })
      .throwOnError()
    expect(await links[0]?.()).toBe('link_revoked')
  }

  // One who works at another agency, and one who has an agency of their own.
  const rival = await foundAgency('Marrow & Co')
  const { token } = await rival.invite(await rival.brand(), 'nadia@marrow.example', 'member')
  await elsewhere.client.rpc('accept_invitation', { token }).throwOnError()
  await founder.client.rpc('create_tenant', { name: 'Ito & Sons' }).throwOnError()
  expect(await Promise.all(links.slice(1).map((open) => open()))).toEqual([
    'link_needs_sign_in',
    'link_needs_sign_in',
  ])
})

test('those taken off a brand read nothing that it had told or asked them', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const admin = await agency.member(brand, 'admin', 'Priya Raman')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.submitted(brand, admin)
  await client.client
    .rpc('decide_approval', {
      post_id: post.id,
      seen_digest: post.content_digest,
      outcome: 'changes_requested',
      comment: 'Write forty in words.',
    })
    .throwOnError()
  await admin.client
    .rpc('begin_connect', { brand_id: brand.id, platform: 'meta', redirect_uri: 'https://desk.example/' })
    .throwOnError()
  const people = [admin, client]
  const read = ({ client: by, id }: (typeof people)[number]) =>
    Promise.all([
      by.from('workflow_notifications').select('id'),
      by.from('client_settings').select('id'),
      by.from('oauth_states').select('id'),
      by
        .from('workflow_notifications')
        .update({ read_at: new Date().toISOString() })
        .eq('user_id', id)
        .select('id'),
      by.from('client_settings').update({ language: 'de' }).eq('client_id', id).select('id'),
    ]).then((answers) => answers.map(({ data }) => data?.length))

  for (const person of people)
    await person.client
      .from('client_settings')
      .insert({ client_id: person.id, brand_id: brand.id })
      .throwOnError()
  expect(await read(admin)).toEqual([1, 1, 1, 1, 1])
  expect(await read(client)).toEqual([1, 1, 0, 1, 1])
  for (const person of people)
    await agency.owner.client.rpc('remove_member', { brand_id: brand.id, user_id: person.id }).throwOnError()
  for (const person of people) expect(await read(person)).toEqual([0, 0, 0, 0, 0])
  const [kept] = await db`select count(*)::int as n from workflow_notifications where brand_id = ${brand.id}`
  expect(kept?.n).toBeGreaterThan(0)
})

test('what a client says of the version they see stays theirs while the next is made inside', async ({
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand(undefined, 'internal_client')
  const author = await agency.member(brand, 'creator')
  const manager = await agency.member(brand, 'manager', 'Priya Raman')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const first = await agency.submitted(brand, author)
  await manager.client
    .rpc('decide_approval', { post_id: first.id, seen_digest: first.content_digest, outcome: 'approved' })
    .throwOnError()
  const { data: channels } = await author.client
    .from('content_channels')
    .select('connection_id')
    .eq('content_id', first.id)
    .throwOnError()
  const { data: edited } = await author.client
    .rpc('save_post', {
      post_id: first.id,
      base_revision: first.revision,
      title: 'Friday pie drop',
      body: 'Not yet for the client.',
      channels,
    })
    .throwOnError()
  const { data: second } = await author.client
    .rpc('submit_post', { post_id: first.id, revision: edited.revision })
    .throwOnError()
  expect(second.version).toBe(2)

  const comment = async (by: typeof client, audience: 'internal' | 'client', body: string) => {
    const { data } = await by.client
      .from('content_comments')
      .insert({ content_id: first.id, brand_id: brand.id, audience, body })
      .select('version')
      .single()
      .throwOnError()
    return data.version
  }
  expect(await comment(client, 'client', 'Where did it go?')).toBe(1)
  expect(await comment(author, 'client', 'It comes back.')).toBe(1)
  expect(await comment(author, 'internal', 'Rewritten.')).toBe(2)
  const { data: seen } = await client.client.rpc('post_timeline', { post_id: first.id }).throwOnError()
  expect(seen.filter(({ kind }) => kind === 'comment').map(({ text }) => text)).toEqual([
    'Where did it go?',
    'It comes back.',
  ])
})

test('the bucket takes pictures alone: a page that would act from our storage is refused', async ({
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const bucket = author.client.storage.from('media')
  for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/plain']) {
    const id = randomUUID()
    const path = `${brand.id}/${id}/x.jpg`
    await author.client
      .from('media_assets')
      .insert({ id, brand_id: brand.id, filename: 'x.jpg', mime_type: 'image/jpeg', size_bytes: 25, path })
      .throwOnError()
    const page = new Blob(['<script>alert(1)</script>'], { type })
    expect((await bucket.upload(path, page)).error, type).not.toBeNull()
    expect((await bucket.upload(path, page, { contentType: type })).error, type).not.toBeNull()
    const { data: signed } = await bucket.createSignedUploadUrl(path)
    expect((await bucket.uploadToSignedUrl(path, signed?.token ?? '', page)).error, type).not.toBeNull()
    expect((await bucket.createSignedUrl(path, 60)).data, type).toBeNull()
  }
})

test('what is longer than anyone writes is refused, wherever it is put', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const account = await agency.account(brand)
  const post = await agency.draft(brand, author)
  const long = (length: number) => 'x'.repeat(length)

  const write = async (what: {
    body?: string
    link?: string
    first_comment?: string
    channels?: Channel[]
  }) =>
    (await author.client.rpc('create_post', { brand_id: brand.id, title: 'Long', body: 'x', ...what })).error
      ?.message ?? 'done'
  const channel = (what: Partial<Channel>) => ({ channels: [{ connection_id: account, ...what }] })
  expect(await write({ body: long(100_001) })).toBe('post_too_long')
  expect(await write({ first_comment: long(8_001) })).toBe('post_too_long')
  expect(await write({ link: `https://oatandember.example/${long(2_000)}` })).toBe('post_link_invalid')
  expect(await write(channel({ body: long(100_001) }))).toBe('post_too_long')
  expect(await write(channel({ first_comment: long(8_001) }))).toBe('post_too_long')
  expect(await write(channel({ body: long(100_000), first_comment: long(8_000) }))).toBe('done')

  const comment = (anchor: { quote: string }) =>
    author.client
      .from('content_comments')
      .insert({ content_id: post.id, brand_id: brand.id, audience: 'internal', body: 'x', anchor })
  expect((await comment({ quote: long(1_900) })).error).toBeNull()
  expect((await comment({ quote: long(2_000) })).error?.code).toBe('23514')

  const own = author.client.from('client_settings')
  const row = { client_id: author.id, brand_id: brand.id }
  expect((await own.insert({ ...row, email_preferences: { x: long(4_000) } })).error?.code).toBe('23514')
  await own.insert(row).throwOnError()
  const change = async (what: { email_preferences?: { x: string }; unsubscribed_types?: string[] }) =>
    (await own.update(what).eq('client_id', author.id)).error?.code
  expect(await change({ email_preferences: { x: long(4_000) } })).toBe('23514')
  expect(await change({ unsubscribed_types: Array.from({ length: 21 }, () => 'x') })).toBe('23514')

  const describe = async (what: { description?: string; industry?: string }) =>
    (await agency.owner.client.from('brands').update(what).eq('id', brand.id)).error?.code
  expect(await describe({ description: long(4_001) })).toBe('23514')
  expect(await describe({ industry: long(201) })).toBe('23514')
})
