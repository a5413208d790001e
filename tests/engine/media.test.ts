import { randomBytes, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import type { Ports } from '#worker/ports.ts'
import { purgeMedia } from '#worker/tasks/purge-media.ts'
import { createTasks } from '#worker/tasks/tasks.ts'
import { test as engineTest, expect } from './engine.ts'

const never = new AbortController().signal

/** No two are alike: a brand keeps each picture once. */
async function newPicture(): Promise<Buffer<ArrayBuffer>> {
  const raw = { width: 60, height: 40, channels: 3 } as const
  return Buffer.from(
    await sharp(randomBytes(60 * 40 * 3), { raw })
      .jpeg()
      .toBuffer(),
  )
}
const blob = (bytes: BlobPart) => new Blob([bytes], { type: 'image/jpeg' })

const test = engineTest.extend('look', { scope: 'file' }, async ({ engine, service }) => {
  const bucket = service.storage.from('media')
  return {
    /** How the row stands. */
    async row(id: string) {
      const [row] = await engine.sql<
        { status: string; code: string | null; path: string; purged: boolean }[]
      >`
        select status, rejected_code as code, path, purged_at is not null as purged
        from public.media_assets where id = ${id}`
      if (!row) throw new Error('The asset is gone.')
      return row
    },
    /** The names of what lies in the asset's folder. */
    async files(id: string) {
      const { data, error } = await bucket.list(`${engine.brandId}/${id}`)
      if (error) throw error
      return data.map(({ name }) => name)
    },
    /** What is served under the path, to anyone who may. */
    async bytes(path: string) {
      const { data } = await bucket.download(path)
      return data && Buffer.from(await data.arrayBuffer())
    },
    async age(id: string) {
      await engine.sql`
        update public.media_assets set created_at = now() - interval '121 minutes' where id = ${id}`
    },
  }
})

const jpeg = { name: 'picture.jpg', type: 'image/jpeg' }

test('who asked for a place to upload to before the check cannot swap the picture after it', async ({
  engine,
  look,
}) => {
  const { client } = engine.owner
  const bucket = client.storage.from('media')
  const [good, other] = [await newPicture(), await newPicture()]
  const id = randomUUID()
  const opened = `${engine.brandId}/${id}/picture.jpg`
  await client
    .from('media_assets')
    .insert({
      id,
      brand_id: engine.brandId,
      filename: 'picture.jpg',
      mime_type: 'image/jpeg',
      size_bytes: good.length,
      path: opened,
    })
    .throwOnError()
  const { data: address } = await bucket.createSignedUploadUrl(opened, { upsert: true })
  const token = address?.token ?? ''
  expect((await bucket.uploadToSignedUrl(opened, token, blob(good), { upsert: true })).error).toBeNull()
  await client.rpc('finish_upload', { asset_id: id }).throwOnError()
  await engine.tasks.verify_media({ asset_id: id })

  const { status, path } = await look.row(id)
  expect(status).toBe('active')
  expect(path).toMatch(/\/[0-9a-f-]{36}\.jpeg$/)
  expect(await look.files(id)).toEqual([path.split('/').at(-1)])

  // The address still takes bytes, as Storage made it; nothing reads them.
  expect((await bucket.uploadToSignedUrl(opened, token, blob(other), { upsert: true })).error).toBeNull()
  expect((await bucket.uploadToSignedUrl(path, token, blob(other), { upsert: true })).error).not.toBeNull()
  expect((await bucket.createSignedUploadUrl(path, { upsert: true })).error).not.toBeNull()
  expect((await look.row(id)).path).toBe(path)
  expect((await look.bytes(path))?.equals(good)).toBe(true)
})

test('a file that is rejected loses its bytes at once', async ({ engine, look }) => {
  const picture = await newPicture()
  const first = await engine.upload(picture, jpeg)
  await engine.tasks.verify_media({ asset_id: first })
  const twin = await engine.upload(picture, jpeg)
  const noPicture = await engine.upload(Buffer.from('%PDF-1.7\nThe menu, four pages.\n'), jpeg)
  for (const id of [twin, noPicture]) {
    await engine.tasks.verify_media({ asset_id: id })
    expect(await look.row(id)).toMatchObject({ status: 'rejected' })
    expect(await look.files(id)).toEqual([])
  }
  expect(await look.files(first)).toHaveLength(1)
})

test('a check that is delivered twice, one after the other or at once, leaves one file', async ({
  engine,
  look,
}) => {
  const picture = await newPicture()
  const id = await engine.upload(picture, jpeg)
  // The second delivery runs from start to end while the first has read the file and not yet said so.
  const { media } = engine.ports.records
  const overtaken: Ports = {
    ...engine.ports,
    records: {
      ...engine.ports.records,
      media: {
        ...media,
        async recordVerification(assetId, found) {
          await engine.tasks.verify_media({ asset_id: assetId })
          return media.recordVerification(assetId, found)
        },
      },
    },
  }
  await createTasks(overtaken, 'overtaken').verify_media({ asset_id: id })
  const { status, path } = await look.row(id)
  await engine.tasks.verify_media({ asset_id: id })

  expect(status).toBe('active')
  expect(await look.row(id)).toMatchObject({ status, path })
  expect(await look.files(id)).toEqual([path.split('/').at(-1)])
  expect((await look.bytes(path))?.equals(picture)).toBe(true)
})

test('a check that breaks off before it is recorded is made again, and its copy goes with the file', async ({
  engine,
  look,
}) => {
  const picture = await newPicture()
  const id = await engine.upload(picture, jpeg)
  const dying: Ports = {
    ...engine.ports,
    records: {
      ...engine.ports.records,
      media: {
        ...engine.ports.records.media,
        recordVerification: () => Promise.reject(new Error('The line broke.')),
      },
    },
  }
  await expect(createTasks(dying, 'dying').verify_media({ asset_id: id })).rejects.toThrow('The line broke.')
  await engine.tasks.verify_media({ asset_id: id })
  const { status, path } = await look.row(id)
  expect(status).toBe('active')
  expect((await look.bytes(path))?.equals(picture)).toBe(true)
  expect(await look.files(id)).toHaveLength(2)

  await engine.sql`update public.media_assets set status = 'deleted' where id = ${id}`
  await purgeMedia(engine.ports, never)
  expect(await look.files(id)).toEqual([])
  expect(await look.row(id)).toMatchObject({ purged: true })
})

test('a purge touches nothing that is in the library, in its archive or just arriving', async ({
  engine,
  look,
}) => {
  const [active, archived] = [await engine.picture(), await engine.picture()]
  await engine.asOwner((db) => db`select from public.archive_media(${archived})`)
  const arriving = await engine.upload(await newPicture(), jpeg)
  for (const id of [active, archived]) await look.age(id)
  await purgeMedia(engine.ports, never)
  for (const [id, status] of [
    [active, 'active'],
    [archived, 'archived'],
    [arriving, 'processing'],
  ] as const) {
    expect(await look.row(id)).toMatchObject({ status, purged: false })
    expect(await look.files(id)).toHaveLength(1)
  }
})

test('a worker that starts rejects uploads given up two hours ago, and removes their bytes', async ({
  engine,
  look,
  startWorker,
}) => {
  const stale = await engine.upload(await newPicture(), jpeg)
  await look.age(stale)
  await startWorker()
  await expect
    .poll(() => look.row(stale))
    .toMatchObject({ status: 'rejected', code: 'media_not_uploaded', purged: true })
  expect(await look.files(stale)).toEqual([])
})
