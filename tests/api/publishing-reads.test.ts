import { expect, test } from '#tests/support/test.ts'

test('lateness, queue and health count the caller’s brands alone', async ({ db, foundAgency }) => {
  const [agency, other] = [await foundAgency(), await foundAgency('Marrow & Co')]
  const brand = await agency.brand()
  const author = await agency.member(brand, 'manager')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const out = await agency.scheduled(brand, author, client)
  const waiting = await agency.scheduled(brand, author, client, { body: 'Later.' })
  await db`
    update publish_jobs set status = 'published', platform_post_id = '1_2', published_at = now(), lateness_ms = 1500
     where content_id = ${out.id}`

  const { data: late } = await author.client.rpc('publishing_lateness').throwOnError()
  const counted = { posts: 1, p50_ms: 1500, p99_ms: 1500, within: [0, 1, 0, 0, 0, 0] }
  expect(late).toContainEqual(expect.objectContaining({ brand_id: null, network: null, ...counted }))
  expect(late).toContainEqual(
    expect.objectContaining({ brand_id: brand.id, network: 'facebook', ...counted }),
  )
  const { data: queue } = await author.client.rpc('publishing_queue').throwOnError()
  expect(queue).toMatchObject([{ brand_id: brand.id, waiting: 1 }])

  await db`update publish_jobs set scheduled_for = now() - interval '1 minute' where content_id = ${waiting.id}`
  const due = async () => (await author.client.rpc('worker_health').throwOnError()).data[0]?.due
  expect(await due()).toBe(1)
  await agency.owner.client.rpc('pause_publishing', { scope: 'brand', id: brand.id }).throwOnError()
  expect(await due()).toBe(0)

  for (const stranger of [other.owner, client]) {
    expect((await stranger.client.rpc('publishing_lateness').throwOnError()).data).toEqual([])
    expect((await stranger.client.rpc('publishing_queue').throwOnError()).data).toEqual([])
    expect((await stranger.client.rpc('worker_health').throwOnError()).data).toEqual([])
  }
})

test('who paused publishing, and why, members read and clients do not', async ({ foundAgency }) => {
  const [agency, other] = [await foundAgency(), await foundAgency('Marrow & Co')]
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const reason = 'They have not paid their invoice'
  const { client: owner, name } = agency.owner
  await owner.rpc('pause_publishing', { scope: 'brand', id: brand.id, reason }).throwOnError()
  await owner.rpc('pause_publishing', { scope: 'tenant', id: agency.tenant.id, reason }).throwOnError()

  expect((await author.client.rpc('publishing_pauses').throwOnError()).data).toEqual([
    { scope: 'brand', id: brand.id, by_name: name, reason },
    { scope: 'tenant', id: agency.tenant.id, by_name: name, reason },
  ])
  for (const stranger of [other.owner, client]) {
    expect((await stranger.client.rpc('publishing_pauses').throwOnError()).data).toEqual([])
  }
  for (const [table, columns] of [
    ['brands', 'pause_reason'],
    ['brands', 'paused_by'],
    ['tenants', 'pause_reason'],
    ['tenants', 'paused_by'],
  ] as const) {
    const { data, error } = await client.client.from(table).select(columns)
    expect(data, `${table}.${columns}`).toBeNull()
    expect(error).toMatchObject({ code: '42501' })
  }
})

test('a client is told that a lost answer is being checked', async ({ db, foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'manager')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const post = await agency.scheduled(brand, author, client)
  const told = async () => {
    await db`select private.roll_up(${post.id})`
    const { data } = await client.client
      .from('content_versions')
      .select('client_status')
      .eq('content_id', post.id)
      .throwOnError()
    return data.map((version) => version.client_status)
  }
  expect(await told()).toEqual(['scheduled'])
  await db`update publish_jobs set status = 'outcome_unknown', intent_at = now() where content_id = ${post.id}`
  expect(await told()).toEqual(['checking'])
})
