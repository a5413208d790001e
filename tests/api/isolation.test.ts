import { expect, test } from '#tests/support/test.ts'

// What tables answer to whom is asked by the matrix: isolation/matrix.test.ts.

test('nobody calls a function of the desk without signing in', async ({ anon }) => {
  const { error } = await anon.rpc('create_tenant', { name: 'Ghost' })
  expect(error?.code).toBe('42501')
})

test('a client reads the version sent to them, and hears of no draft', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const secretDraft = await agency.draft(brand, author, { body: 'Not yet for the client.' })
  const shared = await agency.submitted(brand, author, { body: 'For the client to see.' })

  const { data: versions } = await client.client
    .from('content_versions')
    .select('content_id, body')
    .throwOnError()
  expect(versions).toEqual([{ content_id: shared.id, body: 'For the client to see.' }])

  const { error } = await client.client.rpc('post_timeline', { post_id: secretDraft.id })
  expect(error).toMatchObject({ code: 'P0001', message: 'post_not_found' })
  const { data: steps } = await client.client.rpc('post_timeline', { post_id: shared.id }).throwOnError()
  expect(new Set(steps.map((step) => step.audience))).toEqual(new Set(['client']))
})

test('no one sets a status, a digest, a counter or an approval by hand', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.submitted(brand, author)

  for (const person of [agency.owner, author, client]) {
    const attempts = await Promise.all([
      person.client.from('content_items').update({ status: 'approved' }).eq('id', post.id),
      person.client
        .from('content_items')
        .update({ content_digest: 'f'.repeat(64) })
        .eq('id', post.id),
      person.client.from('content_items').delete().eq('id', post.id),
      person.client.from('content_versions').update({ client_status: 'approved' }).eq('content_id', post.id),
      person.client.from('post_approvals').insert({
        brand_id: brand.id,
        post_id: post.id,
        version: 1,
        content_digest: post.content_digest,
        audience: 'client',
        status: 'approved',
        decided_by: client.id,
      }),
      person.client.from('approval_requests').update({ status: 'approved' }).eq('post_id', post.id),
      person.client.from('brand_members').update({ role: 'owner' }).eq('user_id', person.id),
      person.client
        .from('tenant_members')
        .insert({ tenant_id: agency.tenant.id, user_id: person.id, role: 'owner' }),
      person.client.from('media_assets').update({ status: 'active' }).eq('brand_id', brand.id),
      person.client.from('storage_quotas').update({ limit_bytes: 1e15 }).eq('brand_id', brand.id),
      person.client.from('connections').update({ brand_id: brand.id }).eq('brand_id', brand.id),
      person.client.from('brands').update({ tenant_id: agency.tenant.id }).eq('id', brand.id),
      person.client.from('audit_logs').delete().eq('brand_id', brand.id),
    ])
    for (const { error } of attempts) expect(error?.code).toBe('42501')
  }
  expect(await agency.state(post)).toMatchObject({ status: 'pending_review', jobs: [] })
})

test('the Data API offers the functions meant for people, and none of the worker’s', async ({
  db,
  anon,
  service,
  foundAgency,
}) => {
  const offered = await db`
    select p.proname as name,
           has_function_privilege('anon', p.oid, 'execute') as to_anon,
           has_function_privilege('authenticated', p.oid, 'execute') as to_people,
           has_function_privilege('service_role', p.oid, 'execute') as to_service
      from pg_proc p where p.pronamespace = 'public'::regnamespace order by 1`
  expect(offered.filter((f) => f.to_anon).map((f) => f.name)).toEqual([
    'check_request',
    'peek_invitation',
    'peek_portal_link',
  ])
  expect(offered.filter((f) => f.to_service).map((f) => f.name)).toEqual([
    'check_request',
    'invitation_address',
    'redeem_portal_link',
  ])
  expect(offered.filter((f) => !f.to_people).map((f) => f.name)).toEqual([
    'invitation_address',
    'redeem_portal_link',
  ])

  const { owner } = await foundAgency()
  for (const client of [anon, owner.client]) {
    const response = await client.schema('private' as 'public').rpc('sweep_publish_jobs' as 'my_permissions')
    expect(response.error).not.toBeNull()
  }
  const redeemed = await owner.client.rpc('redeem_portal_link', { token: 'x' })
  expect(redeemed.error?.code).toBe('42501')
  const unknown = await service.rpc('redeem_portal_link', { token: 'x' })
  expect(unknown.error).toMatchObject({ code: 'P0001', message: 'link_unknown' })
})

test('no user can move the product’s clock', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const post = await agency.draft(brand, author)
  const { error } = await author.client.rpc('schedule_post', {
    post_id: post.id,
    local_time: '2020-01-01T09:00:00',
    time_zone: 'Europe/London',
  })
  expect(error).toMatchObject({ code: 'P0001', message: 'schedule_past' })

  // The seeder's way, taken as the API connects: the setting is there, and not obeyed.
  const [clock] = await db.begin(async (tx) => {
    await tx`select set_config('copydesk.now', '2020-01-01', true)`
    return tx`select private.now() < '2021-01-01' as moved, session_user as who`
  })
  expect(clock).toEqual({ moved: true, who: 'postgres' })
})

test('what belongs to another brand cannot be woven into a post', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const [mine, theirs] = [await agency.brand(), await agency.brand()]
  const author = await agency.member(mine, 'creator')
  const stranger = await agency.member(theirs, 'creator', 'Priya Raman')
  const account = await agency.account(theirs)
  const picture = await agency.picture(theirs, stranger)

  const withAccount = await author.client.rpc('create_post', {
    brand_id: mine.id,
    title: 'Borrowed',
    body: 'x',
    channels: [{ connection_id: account }],
  })
  expect(withAccount.error).toMatchObject({ code: 'P0001', message: 'channel_not_found' })
  const withPicture = await author.client.rpc('create_post', {
    brand_id: mine.id,
    title: 'Borrowed',
    body: 'x',
    media_ids: [picture.id],
  })
  expect(withPicture.error).toMatchObject({ code: 'P0001', message: 'media_not_found' })

  const post = await agency.draft(theirs, stranger)
  for (const call of [
    author.client.rpc('save_post', { post_id: post.id, base_revision: 1, title: 'x', body: 'x' }),
    author.client.rpc('submit_post', { post_id: post.id, revision: 1 }),
    author.client.rpc('archive_post', { post_id: post.id }),
    author.client.rpc('publish_now', { post_id: post.id }),
    author.client.rpc('delete_draft', { post_id: post.id }),
    author.client.rpc('decide_approval', {
      post_id: post.id,
      seen_digest: post.content_digest,
      outcome: 'approved',
    }),
  ]) {
    const { error } = await call
    expect(error).toMatchObject({ code: 'P0001', message: 'post_not_found' })
  }
  const comment = await author.client
    .from('content_comments')
    .insert({ content_id: post.id, brand_id: mine.id, audience: 'internal', body: 'Hello over there' })
  expect(comment.error).not.toBeNull()
})
