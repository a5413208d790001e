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
