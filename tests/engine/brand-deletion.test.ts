import { deleteBrands } from '#worker/tasks/delete-brands.ts'
import { expect, test } from './engine.ts'

const never = new AbortController().signal

test('a brand goes when its grace is over, files and rows, and not before', async ({ engine, service }) => {
  const { brandId, sql, owner, ports } = engine
  const bucket = service.storage.from('media')
  await engine.picture()
  await engine.picture()
  const folders = async () => (await bucket.list(brandId)).data?.length
  expect(await folders()).toBe(2)
  const [brand] = await sql<{ name: string; tenant: string }[]>`
    select name, tenant_id as tenant from public.brands where id = ${brandId}`
  await owner.client
    .rpc('request_brand_deletion', { brand_id: brandId, name: brand?.name ?? '' })
    .throwOnError()

  await deleteBrands(ports, never)
  expect(await folders()).toBe(2)

  await sql`update public.brands set delete_after = now() - interval '2 minutes' where id = ${brandId}`
  await deleteBrands(ports, never)
  expect(await folders()).toBe(0)
  expect(await sql`select from public.brands where id = ${brandId}`).toHaveLength(0)
  expect(await sql`select from public.media_assets where brand_id = ${brandId}`).toHaveLength(0)

  const { data: log } = await owner.client
    .from('audit_logs')
    .select('action')
    .eq('brand_id', brandId)
    .order('seq')
    .throwOnError()
  expect(log.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['brand.created', 'brand.deletion_requested', 'brand.deleted']),
  )
  const [chain] = await sql`select intact from private.verify_audit(${brand?.tenant ?? null})`
  expect(chain?.intact).toBe(true)
})
