import { randomUUID } from 'node:crypto'
import { expect, test } from '#tests/support/test.ts'

test('a brand whose files are being taken away is not kept any more', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  await agency.owner.client
    .rpc('request_brand_deletion', { brand_id: brand.id, name: brand.name })
    .throwOnError()
  await db`update brands set delete_after = now() - interval '1 second' where id = ${brand.id}`
  const kept = await agency.owner.client.rpc('keep_brand', { brand_id: brand.id })
  expect(kept.error).toMatchObject({ code: 'P0001', message: 'brand_deletion_begun' })
})

test('a brand that is kept sends nothing late: what passed meanwhile needs a new time', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand(undefined, 'none')
  const [passed, ahead] = [
    await agency.submitted(brand, agency.owner),
    await agency.submitted(brand, agency.owner),
  ]
  await agency.owner.client
    .rpc('request_brand_deletion', { brand_id: brand.id, name: brand.name })
    .throwOnError()
  await db`update publish_jobs set scheduled_for = now() - interval '3 days' where content_id = ${passed.id}`
  await db`
    update scheduled_content
       set scheduled_at = scheduled_at - interval '7 days', local_time = (scheduled_at - interval '7 days') at time zone time_zone
     where content_id = ${passed.id}`
  await db`
    update content_items set scheduled_for = scheduled_for - interval '7 days' where id = ${passed.id}`
  await agency.owner.client.rpc('keep_brand', { brand_id: brand.id }).throwOnError()

  expect(await agency.state(passed)).toMatchObject({
    status: 'approved',
    scheduled_for: null,
    jobs: ['cancelled'],
  })
  expect(await agency.state(ahead)).toMatchObject({ status: 'scheduled', jobs: ['scheduled'] })
  const [slot] = await db`select status from scheduled_content where content_id = ${passed.id}`
  expect(slot).toEqual({ status: 'missed' })
  const { data: told } = await agency.owner.client
    .from('workflow_notifications')
    .select('type')
    .eq('content_id', passed.id)
    .throwOnError()
  expect(told).toEqual([{ type: 'timeout' }])
})

test('with its only brand a person leaves the agency’s staff', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const [brand, other] = [await agency.brand(), await agency.brand()]
  const [leaving, staying] = [await agency.member(brand, 'creator'), await agency.member(brand, 'creator')]
  const { token } = await agency.invite(other, staying.email, 'creator')
  await staying.client.rpc('accept_invitation', { token }).throwOnError()
  await agency.owner.client
    .rpc('request_brand_deletion', { brand_id: brand.id, name: brand.name })
    .throwOnError()
  await db`update brands set delete_after = now() - interval '1 second' where id = ${brand.id}`
  await db`select private.purge_brand(${brand.id})`

  const { data: staff } = await agency.owner.client
    .from('tenant_members')
    .select('user_id')
    .eq('tenant_id', agency.tenant.id)
    .throwOnError()
  expect(new Set(staff.map(({ user_id }) => user_id))).toEqual(new Set([agency.owner.id, staying.id]))
  expect((await leaving.client.from('tenants').select('id').throwOnError()).data).toEqual([])
})

test('founding more agencies buys nobody more mails to an address', async ({ signUp }) => {
  const flooder = await signUp('Flo Oder')
  const victim = `nadia.${randomUUID()}@copydesk.example`
  const answers: string[] = []
  for (let n = 0; n < 7; n += 1) {
    const { data: tenant } = await flooder.client.rpc('create_tenant', { name: `Agency ${n}` }).throwOnError()
    const { data: brand } = await flooder.client
      .rpc('create_brand', { tenant_id: tenant.id, name: 'Oat & Ember', time_zone: 'Europe/London' })
      .throwOnError()
    const { error } = await flooder.client.rpc('invite_member', {
      brand_id: brand.id,
      email: victim,
      role: 'member',
    })
    answers.push(error?.message ?? 'sent')
  }
  expect(answers).toEqual([...Array(5).fill('sent'), ...Array(2).fill('invite_too_many_today')])
})

test('invitations sent at the same moment are counted one after the other', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brands = []
  for (let n = 0; n < 9; n += 1) brands.push(await agency.brand())
  const email = `nadia.${randomUUID()}@copydesk.example`
  const at = brands.map((brand) =>
    agency.owner.client.rpc('invite_member', { brand_id: brand.id, email, role: 'member' }),
  )
  const answers = (await Promise.all(at)).map(({ error }) => error?.message ?? 'sent')
  expect(answers.filter((answer) => answer === 'sent')).toHaveLength(5)
  expect(new Set(answers)).toEqual(new Set(['sent', 'invite_too_many_today']))

  const [brand] = brands
  const twice = await Promise.all(
    [1, 2, 3, 4].map(() =>
      agency.owner.client.rpc('invite_member', {
        brand_id: brand?.id ?? '',
        email: 'teo@copydesk.example',
        role: 'member',
      }),
    ),
  )
  expect(twice.map(({ error }) => error?.message ?? 'sent').toSorted()).toEqual([
    'invite_exists',
    'invite_exists',
    'invite_exists',
    'sent',
  ])
})

test('asked twice, a picture that was shown stays: archived, not gone', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  await agency.member(brand, 'client_approver')
  const { id } = await agency.picture(brand, author)
  const post = await agency.submitted(brand, author, { media: [id] })
  await db`update content_items set status = 'published' where id = ${post.id}`
  await agency.owner.client.rpc('archive_media', { asset_id: id }).throwOnError()
  await agency.owner.client.rpc('archive_media', { asset_id: id })
  const [row] = await db`select status from media_assets where id = ${id}`
  expect(row).toEqual({ status: 'archived' })
})

test('a goal’s day is one that a calendar can show', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const analyst = await agency.member(brand, 'analyst')
  const goals = analyst.client.from('analytics_goals')
  const set = async (deadline: string) =>
    (await goals.insert({ brand_id: brand.id, metric: 'reach', target: 10, deadline })).error?.code
  for (const deadline of ['infinity', '-infinity', '0044-03-15 BC', '294000-01-01'])
    expect(await set(deadline), deadline).toBe('23514')
  expect(await set('2026-12-31T00:00:00Z')).toBeUndefined()
})

test('what a person sets about themselves is no longer than anyone needs', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const viewer = await agency.member(brand, 'client_viewer')
  const long = 'x'.repeat(5000)
  const own = viewer.client.from('client_settings')
  await own.insert({ client_id: viewer.id, brand_id: brand.id }).throwOnError()
  const change = async (what: { timezone?: string; unsubscribed_types?: string[] }) =>
    (await own.update(what).eq('client_id', viewer.id)).error?.message
  expect(await change({ timezone: long })).toMatch(/check constraint/)
  expect(await change({ timezone: 'Europe/Lisbon' })).toBeUndefined()
  expect(await change({ unsubscribed_types: [long] })).toMatch(/check constraint/)

  const address = `https://oatandember.example/${long}`
  const profile = await viewer.client
    .from('profiles')
    .update({ avatar_url: address })
    .eq('user_id', viewer.id)
  expect(profile.error?.code).toBe('23514')
  for (const what of [{ logo_url: address }, { website_url: address }]) {
    const { error } = await agency.owner.client.from('brands').update(what).eq('id', brand.id)
    expect(error?.code).toBe('23514')
  }

  // Blanks count too, though they are not seen.
  const padded = `Oat${' '.repeat(5000)}`
  for (const table of ['brands', 'tenants'] as const) {
    const id = table === 'brands' ? brand.id : agency.tenant.id
    const { error } = await agency.owner.client.from(table).update({ name: padded }).eq('id', id)
    expect(error?.code, table).toBe('23514')
  }
  const post = await agency.draft(brand, agency.owner)
  const comment = await agency.owner.client
    .from('content_comments')
    .insert({ content_id: post.id, brand_id: brand.id, audience: 'internal', body: padded })
  expect(comment.error?.code).toBe('23514')
})
