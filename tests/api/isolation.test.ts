import { expect, test } from '#tests/support/test.ts'

const tables = [
  'tenants',
  'tenant_members',
  'brands',
  'brand_members',
  'brand_invitations',
  'media_assets',
  'media_usage_logs',
  'storage_quotas',
  'content_items',
  'content_versions',
  'content_channels',
  'content_comments',
  'scheduled_content',
  'connections',
  'publish_jobs',
  'publishing_logs',
  'workflow_templates',
  'workflow_instances',
  'approval_requests',
  'post_approvals',
  'workflow_notifications',
  'audit_logs',
  'oauth_states',
] as const

/** Columns everyone signed in may ask for, where not all are. */
const columns: Partial<Record<(typeof tables)[number], string>> = {
  publish_jobs: 'id, status, permalink',
  oauth_states: 'id, status',
}

test('another agency sees nothing of this one, in any table', async ({ foundAgency, signUp }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const author = await agency.member(brand, 'creator')
  await agency.scheduled(brand, author, client, { media: [(await agency.picture(brand, author)).id] })
  await author.client
    .from('content_comments')
    .insert({
      content_id: (await agency.draft(brand, author)).id,
      brand_id: brand.id,
      audience: 'internal',
      body: 'Mind the oven.',
    })
    .throwOnError()

  const rival = (await foundAgency('Marrow & Co')).owner
  const stranger = await signUp('Nobody Yet')
  for (const table of tables) {
    const select = columns[table] ?? '*'
    const mine = await agency.owner.client.from(table).select(select).throwOnError()
    if (!['oauth_states', 'workflow_notifications'].includes(table)) expect(mine.data, table).not.toEqual([])

    for (const outsider of [rival, stranger]) {
      const { data, error } = await outsider.client.from(table).select(select)
      expect(error, table).toBeNull()
      const seen = JSON.stringify(data)
      for (const secret of [brand.id, agency.tenant.id, author.id, client.id])
        expect(seen, table).not.toContain(secret)
    }
  }
})

test('nobody reads or writes without signing in', async ({ anon, foundAgency }) => {
  const agency = await foundAgency()
  await agency.brand()
  for (const table of [
    ...tables,
    'profiles',
    'encrypted_secrets',
    'outbound_emails',
    'client_settings',
    'connector_platforms',
  ] as const) {
    const { data, error } = await anon.from(table).select('*').limit(1)
    expect(data, table).toBeNull()
    expect(error?.code, table).toBe('42501')
  }
  const { error } = await anon.rpc('create_tenant', { name: 'Ghost' })
  expect(error?.code).toBe('42501')
})

test('a client reads the version sent to them, and no draft, job, account or colleague’s note', async ({
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const secretDraft = await agency.draft(brand, author, { body: 'Not yet for the client.' })
  const shared = await agency.submitted(brand, author, { body: 'For the client to see.' })

  for (const table of [
    'content_items',
    'content_channels',
    'scheduled_content',
    'connections',
    'workflow_templates',
    'workflow_instances',
    'publishing_logs',
    'media_usage_logs',
    'storage_quotas',
    'brand_invitations',
    'tenant_members',
    'audit_logs',
  ] as const) {
    const { data } = await client.client.from(table).select('*').throwOnError()
    expect(data, table).toEqual([])
  }
  const jobs = await client.client.from('publish_jobs').select('id').throwOnError()
  expect(jobs.data).toEqual([])

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

test('tokens and mails are out of reach of every key the API knows', async ({ foundAgency, service }) => {
  const agency = await foundAgency()
  await agency.account(await agency.brand())
  for (const client of [agency.owner.client, service]) {
    for (const table of ['encrypted_secrets', 'outbound_emails'] as const) {
      const { data, error } = await client.from(table).select('*')
      expect(data, table).toBeNull()
      expect(error?.code, table).toBe('42501')
    }
  }
  const { error } = await agency.owner.client.from('oauth_states').select('code')
  expect(error?.code).toBe('42501')
  const lease = await agency.owner.client.from('publish_jobs').select('lease_token')
  expect(lease.error?.code).toBe('42501')
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
  expect(offered.filter((f) => f.to_anon).map((f) => f.name)).toEqual(['peek_invitation', 'peek_portal_link'])
  expect(offered.filter((f) => f.to_service).map((f) => f.name)).toEqual([
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
