import { randomUUID } from 'node:crypto'
import { listLibrary } from '#lib/media/library.ts'
import { expect, test } from '#tests/support/test.ts'

const jpeg = (bytes: number) => new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })

test('a file goes only where an asset of one’s own waits for it, and only once', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const [mine, theirs] = [await agency.brand(), await agency.brand()]
  const author = await agency.member(mine, 'creator')
  const bucket = author.client.storage.from('media')

  for (const path of [
    `${mine.id}/${randomUUID()}/loose.jpg`,
    `${theirs.id}/${randomUUID()}/theirs.jpg`,
    `../${mine.id}/up.jpg`,
    'not-a-brand/at-all/x.jpg',
  ]) {
    const { error } = await bucket.upload(path, jpeg(10))
    expect(error, path).not.toBeNull()
  }

  const { asset } = await agency.uploaded(mine, author)
  const again = await bucket.upload(asset.path, jpeg(10), { upsert: true })
  expect(again.error).not.toBeNull()
  const updated = await bucket.update(asset.path, jpeg(10))
  expect(updated.error).not.toBeNull()
  const removed = await bucket.remove([asset.path])
  expect(removed.data ?? []).toEqual([])
  const { data } = await bucket.download(asset.path)
  expect(data?.size).toBeGreaterThan(10)
})

test('a picture is read by its brand’s people alone, and by the client once it was sent to them', async ({
  foundAgency,
  anon,
}) => {
  const agency = await foundAgency()
  const [brand, other] = [await agency.brand(), await agency.brand()]
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const stranger = await agency.member(other, 'creator', 'Priya Raman')
  const otherClient = await agency.member(other, 'client_approver', 'Nadia Aziz')
  const picture = await agency.picture(brand, author)
  const opens = async (by: typeof anon) => {
    const { data } = await by.storage.from('media').createSignedUrl(picture.path, 60)
    return data !== null
  }

  expect(await opens(author.client)).toBe(true)
  for (const outsider of [anon, stranger.client, otherClient.client, client.client])
    expect(await opens(outsider)).toBe(false)

  await agency.submitted(brand, author, { media: [picture.id] })
  expect(await opens(client.client)).toBe(true)
  expect(await opens(otherClient.client)).toBe(false)
  const { data } = await client.client.from('media_assets').select('id').throwOnError()
  expect(data).toEqual([{ id: picture.id }])
})

test('a video’s still has a place of its own beside it, and is shown with it to those who see it', async ({
  db,
  foundAgency,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const colleague = await agency.member(brand, 'creator', 'Teo Marsh')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const place = async (mimeType: string) => {
    const id = randomUUID()
    const folder = `${brand.id}/${id}`
    await author.client
      .from('media_assets')
      .insert({
        id,
        brand_id: brand.id,
        filename: 'oven',
        mime_type: mimeType,
        size_bytes: 900,
        path: `${folder}/oven`,
      })
      .throwOnError()
    return { id, folder }
  }
  const send = (by: typeof author, path: string) => by.client.storage.from('media').upload(path, jpeg(10))
  const [film, picture] = [await place('video/mp4'), await place('image/jpeg')]
  expect((await send(colleague, `${film.folder}/poster.jpg`)).error).not.toBeNull()
  expect((await send(author, `${picture.folder}/poster.jpg`)).error).not.toBeNull()
  expect((await send(author, `${film.folder}/poster2.jpg`)).error).not.toBeNull()
  expect((await send(author, `${film.folder}/poster.jpg`)).error).toBeNull()

  const result = {
    ok: true,
    mime_type: 'video/mp4',
    size_bytes: 900,
    width: 720,
    height: 1_280,
    duration_ms: 6_000,
    hash: 'a'.repeat(64),
    variants: [{ size: 'poster', width: 720, height: 1_280, path: `${film.folder}/poster.jpg` }],
  }
  await db`select private.record_verification(${film.id}, ${db.json(result)})`
  expect((await send(author, `${film.folder}/oven`)).error).not.toBeNull()
  const opens = async () =>
    (await client.client.storage.from('media').createSignedUrl(`${film.folder}/poster.jpg`, 60)).data !== null
  expect(await opens()).toBe(false)
  const post = await agency.submitted(brand, author, { media: [film.id] })
  expect(await opens()).toBe(true)
  const { data } = await client.client
    .from('content_versions')
    .select('media')
    .eq('content_id', post.id)
    .single()
  expect(data?.media).toMatchObject([
    { kind: 'video', still_path: `${film.folder}/poster.jpg`, duration_ms: 6_000 },
  ])
})

test('a client who sees a picture learns nothing of the drafts it stands in', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const client = await agency.member(brand, 'client_approver', 'Marguerite Oakes')
  const [picture, unused] = [await agency.picture(brand, author), await agency.picture(brand, author)]
  await agency.submitted(brand, author, { media: [picture.id] })
  await agency.draft(brand, author, { media: [picture.id] })

  for (const column of ['used_in', 'usage_count', 'last_used']) {
    const { error } = await client.client.from('media_assets').select(column).eq('id', picture.id)
    expect(error, column).toMatchObject({ code: '42501' })
  }
  const counted = async (by: typeof client.client) =>
    (await by.rpc('media_uses', { asset_ids: [picture.id, unused.id] }).throwOnError()).data
  expect(await counted(client.client)).toEqual([])
  expect(await counted(author.client)).toEqual([{ asset_id: picture.id, uses: 2 }])

  const shelf = await listLibrary(author.client, { brandId: brand.id, shelf: 'unused', q: '' })
  expect(shelf).toMatchObject({ count: 1, rows: [{ id: unused.id, usageCount: 0 }] })
  const library = await listLibrary(author.client, { brandId: brand.id, shelf: 'library', q: '' })
  expect(library.rows.map(({ id, usageCount }) => [id, usageCount]).toSorted()).toEqual(
    [
      [picture.id, 2],
      [unused.id, 0],
    ].toSorted(),
  )
})

test('a picture of 40 MB is refused by the row, and 300 MB is all the bucket takes', async ({
  foundAgency,
  db,
}) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const row = (size_bytes: number, mime_type = 'image/jpeg') => {
    const id = randomUUID()
    const path = `${brand.id}/${id}/original.jpg`
    const insert = author.client
      .from('media_assets')
      .insert({ id, brand_id: brand.id, filename: 'big.jpg', mime_type, size_bytes, path })
    return { path, insert }
  }
  const declared = await row(40_000_000).insert
  expect(declared.error).toMatchObject({ code: 'P0001', message: 'media_too_large' })
  const disguised = await row(1000, 'application/x-msdownload').insert
  expect(disguised.error).toMatchObject({ code: 'P0001', message: 'media_type_not_allowed' })

  const film = await row(314_572_801, 'video/mp4').insert
  expect(film.error).toMatchObject({ code: 'P0001', message: 'media_too_large' })
  const [bucket] = await db`select file_size_limit::int as bytes from storage.buckets where id = 'media'`
  expect(bucket?.bytes).toBe(314_572_800)
})

test('concurrent uploads never pass the brand’s quota', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  await db`update storage_quotas set limit_bytes = 50000 where brand_id = ${brand.id}`
  const attempts = await Promise.all(
    Array.from({ length: 10 }, () => {
      const id = randomUUID()
      return author.client.from('media_assets').insert({
        id,
        brand_id: brand.id,
        filename: 'loaf.jpg',
        mime_type: 'image/jpeg',
        size_bytes: 10_000,
        path: `${brand.id}/${id}/original.jpg`,
      })
    }),
  )
  const refused = attempts.filter(({ error }) => error)
  expect(refused).toHaveLength(5)
  for (const { error } of refused) expect(error).toMatchObject({ code: 'P0001', message: 'quota_exceeded' })
  const [quota] = await db`select used_bytes::int from storage_quotas where brand_id = ${brand.id}`
  expect(quota?.used_bytes).toBe(50_000)
})

test('the same picture twice is offered back as the one that is there', async ({ foundAgency, db }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const first = await agency.picture(brand, author)
  const { asset } = await agency.uploaded(brand, author)
  const [known] = await db`select hash from media_assets where id = ${first.id}`
  await db`select private.record_verification(${asset.id}, ${db.json({
    ok: true,
    mime_type: 'image/jpeg',
    size_bytes: 900,
    width: 400,
    height: 400,
    hash: String(known?.hash),
  })})`
  const { data } = await author.client
    .from('media_assets')
    .select('status, rejected_code, rejected_facts')
    .eq('id', asset.id)
    .single()
    .throwOnError()
  expect(data).toEqual({
    status: 'rejected',
    rejected_code: 'media_duplicate',
    rejected_facts: { asset_id: first.id },
  })
})

test('a picture that a waiting post uses stays in the library', async ({ foundAgency }) => {
  const agency = await foundAgency()
  const brand = await agency.brand()
  const author = await agency.member(brand, 'creator')
  const picture = await agency.picture(brand, author)
  await agency.draft(brand, author, { media: [picture.id] })
  const { error } = await agency.owner.client.rpc('archive_media', { asset_id: picture.id })
  expect(error).toMatchObject({ code: 'P0001', message: 'media_in_use' })
  const asCreator = await author.client.rpc('archive_media', { asset_id: picture.id })
  expect(asCreator.error).toMatchObject({ code: 'P0001', message: 'not_allowed' })
})
