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
