import { createHash, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import type { PostMedia } from '#lib/platforms/contract.ts'
import { makeMp4 } from '#tests/support/mp4.ts'
import { postMedia } from '#worker/tasks/post-media.ts'
import { type Engine, test as engineTest, expect } from './engine.ts'

const mp4 = { name: 'oven.mp4', type: 'video/mp4' }
const film = (mark: string, wish: Partial<Parameters<typeof makeMp4>[0]> = {}) =>
  makeMp4({ durationMs: 4_000, width: 720, height: 1_280, mark, ...wish })
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const test = engineTest.extend('look', { scope: 'file' }, async ({ engine, service }) => ({
  async row(id: string) {
    const [row] = await engine.sql<
      {
        status: string
        code: string | null
        facts: unknown
        path: string
        hash: string
        duration_ms: number
        variants: { size: string; path: string }[]
        metadata: Record<string, unknown>
      }[]
    >`
      select status, rejected_code as code, rejected_facts as facts, path, hash, duration_ms, variants, metadata
      from public.media_assets where id = ${id}`
    if (!row) throw new Error('The asset is gone.')
    return row
  },
  async files(id: string) {
    const { data } = await service.storage.from('media').list(`${engine.brandId}/${id}`)
    return (data ?? []).map(({ name }) => name).toSorted()
  },
}))

/** As the browser does it: the row, the still, the film. */
async function uploadWithStill(
  engine: Pick<Engine, 'owner' | 'brandId'>,
  bytes: Uint8Array<ArrayBuffer>,
  still: Uint8Array<ArrayBuffer>,
) {
  const { client } = engine.owner
  const bucket = client.storage.from('media')
  const id = randomUUID()
  const folder = `${engine.brandId}/${id}`
  await client
    .from('media_assets')
    .insert({
      id,
      brand_id: engine.brandId,
      filename: mp4.name,
      mime_type: mp4.type,
      size_bytes: bytes.length,
      path: `${folder}/${mp4.name}`,
    })
    .throwOnError()
  const stillSent = await bucket.upload(`${folder}/poster.jpg`, new Blob([still], { type: 'image/jpeg' }))
  expect(stillSent.error).toBeNull()
  const sent = await bucket.upload(`${folder}/${mp4.name}`, new Blob([bytes], { type: mp4.type }))
  expect(sent.error).toBeNull()
  expect(
    (await bucket.upload(`${folder}/other.jpg`, new Blob([still], { type: 'image/jpeg' }))).error,
  ).not.toBeNull()
  await client.rpc('finish_upload', { asset_id: id }).throwOnError()
  return id
}

test('a video is checked, and kept as a copy that nobody could have asked to write to, with its still', async ({
  engine,
  look,
  service,
}) => {
  const bytes = film('with a still')
  const still = await sharp({ create: { width: 2_000, height: 1_000, channels: 3, background: '#b4532a' } })
    .jpeg()
    .toBuffer()
  const id = await uploadWithStill(engine, bytes, new Uint8Array(still))
  await engine.tasks.verify_media({ asset_id: id })

  const row = await look.row(id)
  expect(row).toMatchObject({
    status: 'active',
    hash: hashOf(bytes),
    duration_ms: 4_000,
    metadata: { video_codec: 'avc', audio_codec: 'aac', fps: 30 },
    variants: [{ size: 'poster', width: 1_280, height: 640 }],
  })
  const poster = row.variants[0]?.path ?? ''
  expect(await look.files(id)).toEqual([row.path, poster].map((one) => one.split('/').at(-1)).toSorted())
  const { data } = await service.storage.from('media').download(poster)
  expect(await sharp(Buffer.from((await data?.arrayBuffer()) ?? new ArrayBuffer())).metadata()).toMatchObject(
    {
      format: 'jpeg',
      width: 1_280,
    },
  )
})

test('a still that is no picture is left out, and the video stays good', async ({ engine, look }) => {
  const id = await uploadWithStill(engine, film('bad still'), new TextEncoder().encode('<script>'))
  await engine.tasks.verify_media({ asset_id: id })
  expect(await look.row(id)).toMatchObject({ status: 'active', variants: [] })
  expect(await look.files(id)).toHaveLength(1)
})

test('a film that breaks off, runs too long or was had before is refused, and nothing of it stays', async ({
  engine,
  look,
}) => {
  const good = film('had before')
  const first = await engine.upload(good, mp4)
  await engine.tasks.verify_media({ asset_id: first })
  for (const [bytes, code] of [
    [film('breaks off').subarray(0, 900), 'video_unreadable'],
    [
      film('long', { durationMs: 901_000, fps: 1, hasAudio: false, width: 160, height: 160 }),
      'video_too_long',
    ],
    [good, 'media_duplicate'],
  ] as const) {
    const id = await engine.upload(bytes, mp4)
    await engine.tasks.verify_media({ asset_id: id })
    expect(await look.row(id)).toMatchObject({ status: 'rejected', code })
    expect(await look.files(id)).toEqual([])
  }
})

test('a picture that is sent under a video’s name is refused, and a video under a picture’s', async ({
  engine,
  look,
}) => {
  const picture = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#123456' } })
    .jpeg()
    .toBuffer()
  for (const [bytes, file] of [
    [picture, mp4],
    [film('as a picture'), { name: 'oven.jpg', type: 'image/jpeg' }],
  ] as const) {
    const id = await engine.upload(bytes, file)
    await engine.tasks.verify_media({ asset_id: id })
    expect((await look.row(id)).code).toMatch(/^media_type_/)
  }
})

test('a platform reads a video in parts, from bytes that were approved', async ({
  engine,
  look,
  service,
}) => {
  const bytes = film('for a platform', { sizeBytes: 3_000_000 })
  const id = await engine.upload(bytes, mp4)
  await engine.tasks.verify_media({ asset_id: id })
  const media = asMedia(await look.row(id), bytes)
  const { video } = postMedia(engine.ports)
  const { sizeBytes, read } = await video(media)
  expect(sizeBytes).toBe(bytes.length)
  expect(Buffer.from(await read(1_000_000, 500)).equals(bytes.subarray(1_000_000, 1_000_500))).toBe(true)

  // Another film in its place, and none: both are told, and neither is sent.
  const swapped = { ...media, hash: hashOf(film('another')) }
  await expect(video(swapped)).rejects.toMatchObject({ code: 'publish_media_changed' })
  await service.storage.from('media').remove([media.path])
  await expect(video({ ...media, hash: 'f'.repeat(64) })).rejects.toMatchObject({
    code: 'publish_media_gone',
  })
})

test('a picture that a platform fetches is made to fit once, and lies with its original', async ({
  engine,
  look,
  service,
}) => {
  const id = await engine.picture()
  const { path, hash } = await look.row(id)
  const { data } = await service.storage.from('media').download(path)
  const bytes = new Uint8Array((await data?.arrayBuffer()) ?? new ArrayBuffer())
  const media: PostMedia = {
    ...asMedia({ path, hash, duration_ms: 0 }, bytes),
    kind: 'image',
    mimeType: 'image/png',
  }
  const limit = { mimeTypes: ['image/jpeg'], maxBytes: 1_000_000, maxEdgePx: 1_440 }
  const { publicUrl } = postMedia(engine.ports)
  for (let time = 0; time < 2; time++) {
    const fetched = await fetch(await publicUrl(media, limit))
    expect(fetched.headers.get('content-type')).toBe('image/jpeg')
    expect(await look.files(id)).toHaveLength(2)
  }
  const whole = await fetch(await publicUrl(media))
  expect(hashOf(await whole.bytes())).toBe(hash)
})

function asMedia(
  { path, hash, duration_ms }: { path: string; hash: string; duration_ms: number },
  bytes: Uint8Array,
): PostMedia {
  return {
    assetId: randomUUID(),
    kind: 'video',
    path,
    mimeType: 'video/mp4',
    sizeBytes: bytes.length,
    width: 720,
    height: 1_280,
    durationMs: duration_ms,
    altText: null,
    hash,
  }
}
