import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeMp4 } from '#tests/support/mp4.ts'
import { refusalOf, SandboxClient, serveBytes } from './world.ts'

type Connected = Awaited<ReturnType<SandboxClient['connectedInstagram']>>

let client: SandboxClient
let page: Connected
const film = makeMp4({ durationMs: 4000, width: 540, height: 960 })
const serving: { close: () => void }[] = []

beforeAll(async () => {
  client = await SandboxClient.start()
  await client.control('POST', '/settings', { image_processing_ms: 0, video_processing_ms: 0 })
  page = await client.connectedInstagram('Moving Pictures')
})
beforeEach(() => client.control('DELETE', '/faults'))
afterAll(async () => {
  for (const server of serving) server.close()
  await client.sandbox.stop()
})

const json = async (answer: Response | Promise<Response>) => (await answer).json()
const post = (path: string, fields: Record<string, string>, who = page) =>
  client.post(`/v26.0/${path}`, who.token, fields)
const get = async (path: string, who = page) => json(client.get(`/v26.0/${path}`, who.token))
const bytesTo = (
  address: string,
  headers: Record<string, string>,
  bytes: Uint8Array<ArrayBuffer> | null = null,
) =>
  fetch(address.replace('https://', `${client.sandbox.url}/`), {
    method: 'POST',
    headers: { authorization: `OAuth ${page.token}`, ...headers },
    body: bytes,
  })
const whole = (bytes = film) => ({ offset: '0', file_size: String(bytes.byteLength) })
const statusOf = async (id: string) =>
  (await get(`${id}?fields=status,post_id,permalink_url`)) as {
    status: {
      video_status: string
      uploading_phase: { status: string; bytes_transferred: number }
      processing_phase: { status: string; errors?: { code: number }[] }
      publishing_phase: { status: string; publish_status?: string }
    }
    post_id?: string
    permalink_url?: string
  }
async function serve(bytes: Uint8Array, contentType = 'video/mp4', status = 200) {
  const server = await serveBytes(bytes, status, contentType)
  serving.push(server)
  return server.url
}

describe('a video on a Page', () => {
  test('has an id at once and a post when the work on it is done', async () => {
    await client.arm({ kind: 'slow_processing', ms: 60_000, match: { path: '*/videos' } })
    const { id } = await json(
      post(`${page.pageId}/videos`, { file_url: await serve(film), description: 'Rye' }),
    )
    expect(await statusOf(id)).toMatchObject({ status: { video_status: 'processing' } })
    await client.moveOn(61_000)
    const done = await statusOf(id)
    await client.control('POST', '/clock', { now: null })
    expect(done.status.video_status).toBe('ready')
    expect(done.permalink_url).toBe(`https://www.facebook.com/${page.pageId}/videos/${id}`)
    const fields = 'message,status_type,attachments{media_type,target}'
    expect(await get(`${done.post_id}?fields=${fields}`)).toMatchObject({
      message: 'Rye',
      status_type: 'added_video',
      attachments: { data: [{ media_type: 'video', target: { id } }] },
    })
    const listed = await get(`${page.pageId}/published_posts?limit=1`)
    expect(listed.data[0].id).toBe(done.post_id)
  })

  test('is taken as bytes, and what is no film is refused', async () => {
    const send = async (bytes: Uint8Array<ArrayBuffer>) => {
      const form = new FormData()
      form.set('source', new Blob([bytes]), 'film.mp4')
      const headers = { authorization: `Bearer ${page.token}` }
      return client.graph(`/v26.0/${page.pageId}/videos`, { method: 'POST', headers, body: form })
    }
    expect((await send(film)).status).toBe(200)
    expect(await refusalOf(await send(new Uint8Array([1, 2, 3])))).toBe('400 352/1363024')
  })

  test('may be sent to the app first, in pieces, and be published by its handle', async () => {
    const { id } = await json(
      post('1284470199127316/uploads', {
        file_name: 'film.mp4',
        file_length: String(film.byteLength),
        file_type: 'video/mp4',
      }),
    )
    const door = `https://graph.facebook.com/v26.0/${id}`
    const half = Math.floor(film.byteLength / 2)
    expect(await json(bytesTo(door, { file_offset: '0' }, film.slice(0, half)))).toMatchObject({
      file_offset: half,
    })
    expect(await refusalOf(await bytesTo(door, { file_offset: '0' }, film))).toBe('400 100/1363037')
    expect(await get(id)).toEqual({ id, file_offset: half })
    const { h } = await json(bytesTo(door, { file_offset: String(half) }, film.slice(half)))
    const video = await json(post(`${page.pageId}/videos`, { fbuploader_video_file_chunk: h }))
    expect((await statusOf(video.id)).status.video_status).toBe('ready')
  })

  test('may come in the old three phases', async () => {
    const start = await json(
      post(`${page.pageId}/videos`, { upload_phase: 'start', file_size: String(film.byteLength) }),
    )
    expect(start).toMatchObject({ start_offset: '0', end_offset: String(film.byteLength) })
    const form = new FormData()
    form.set('upload_phase', 'transfer')
    form.set('upload_session_id', start.upload_session_id)
    form.set('start_offset', '0')
    form.set('video_file_chunk', new Blob([film]))
    const headers = { authorization: `Bearer ${page.token}` }
    const moved = await json(
      client.graph(`/v26.0/${page.pageId}/videos`, { method: 'POST', headers, body: form }),
    )
    expect(moved.start_offset).toBe(moved.end_offset)
    const { upload_session_id } = start
    expect(await json(post(`${page.pageId}/videos`, { upload_phase: 'finish', upload_session_id }))).toEqual({
      success: true,
    })
    expect((await statusOf(start.video_id)).status.video_status).toBe('ready')
  })
})

describe('a reel', () => {
  const start = async () => {
    const { video_id, upload_url } = await json(post(`${page.pageId}/video_reels`, { upload_phase: 'start' }))
    return { id: video_id as string, door: upload_url as string }
  }
  const finish = (id: string, fields: Record<string, string> = {}) =>
    post(`${page.pageId}/video_reels`, {
      upload_phase: 'finish',
      video_id: id,
      video_state: 'PUBLISHED',
      ...fields,
    })

  test('goes through its phases, and finishing twice publishes it once', async () => {
    const who = page.pageId
    const before = (await client.posts(who)).committed
    const { id, door } = await start()
    expect(door).toBe(`https://rupload.facebook.com/video-upload/v26.0/${id}`)
    expect((await statusOf(id)).status).toMatchObject({ uploading_phase: { status: 'not_started' } })
    expect(await refusalOf(await finish(id))).toBe('400 6000/1363033')
    expect(await json(bytesTo(door, whole(), film))).toEqual({ success: true })
    expect((await statusOf(id)).status).toMatchObject({
      video_status: 'upload_complete',
      uploading_phase: { status: 'complete', bytes_transferred: film.byteLength },
      publishing_phase: { status: 'not_started' },
    })
    const first = await json(finish(id, { description: 'Loaf' }))
    expect(await json(finish(id, { description: 'Another loaf' }))).toEqual(first)
    expect(await get(`${id}?fields=description`)).toMatchObject({ description: 'Loaf' })
    const done = await statusOf(id)
    expect(done).toMatchObject({
      status: {
        video_status: 'ready',
        publishing_phase: { status: 'complete', publish_status: 'published' },
      },
      permalink_url: `https://www.facebook.com/reel/${id}`,
      post_id: first.post_id,
    })
    expect((await client.posts(who)).committed).toBe(before + 1)
    const reels = await get(`${who}/video_reels?fields=id,description`)
    expect(reels.data[0]).toEqual({ id, description: 'Loaf' })
  })

  test('goes on where the connection broke, and nowhere else', async () => {
    const { id, door } = await start()
    await client.arm({ kind: 'cut', bytes: 1000, match: { host: 'rupload.facebook.com' } })
    await expect(bytesTo(door, whole(), film)).rejects.toThrow('fetch failed')
    const { bytes_transferred } = (await statusOf(id)).status.uploading_phase
    expect(bytes_transferred).toBe(1000)
    const wrong = await bytesTo(door, whole(), film)
    expect(await wrong.clone().json()).toMatchObject({ error: { error_data: '{"start_offset":1000}' } })
    expect(await refusalOf(wrong)).toBe('400 100/1363037')
    const rest = { offset: '1000', file_size: String(film.byteLength) }
    expect((await bytesTo(door, rest, film.slice(1000))).status).toBe(200)
    await finish(id)
    const { posts } = (await client.control('GET', `/posts?account_id=${page.pageId}`)) as {
      posts: { video?: { id: string; sha256: string } }[]
    }
    expect(posts.find(({ video }) => video?.id === id)?.video?.sha256).toBe(
      createHash('sha256').update(film).digest('hex'),
    )
  })

  test('may be fetched by an address in a header', async () => {
    const { id, door } = await start()
    expect((await bytesTo(door, { file_url: await serve(film) })).status).toBe(200)
    await finish(id)
    expect((await statusOf(id)).status.video_status).toBe('ready')
  })

  test.each<[string, Parameters<typeof makeMp4>[0] | null, number]>([
    ['no film', null, 1363024],
    ['too short', { durationMs: 2000, width: 540, height: 960 }, 1363025],
    ['too long', { durationMs: 91_000, width: 540, height: 960 }, 1363026],
    ['too small', { durationMs: 4000, width: 360, height: 640 }, 1363022],
    ['not upright', { durationMs: 4000, width: 1080, height: 1080 }, 1363031],
    ['too slow', { durationMs: 4000, width: 540, height: 960, fps: 15 }, 1363032],
    ['of another codec', { durationMs: 4000, width: 540, height: 960, codec: 'vp09' }, 1363024],
  ])('that is %s fails in processing, and is never published', async (_, wish, subcode) => {
    const bytes = wish ? makeMp4(wish) : new Uint8Array(500)
    const { id, door } = await start()
    await bytesTo(door, whole(bytes), bytes)
    expect((await finish(id)).status).toBe(200)
    const { status, post_id } = await statusOf(id)
    expect(status).toMatchObject({
      video_status: 'error',
      processing_phase: { status: 'error', errors: [{ code: subcode }] },
    })
    expect(post_id).toBeUndefined()
  })

  test('filmed lying down and turned is upright', async () => {
    const turned = makeMp4({ durationMs: 4000, width: 540, height: 960, isTurned: true, indexLast: true })
    const { id, door } = await start()
    await bytesTo(door, whole(turned), turned)
    await finish(id)
    expect((await statusOf(id)).status.video_status).toBe('ready')
  })

  test('is one of thirty a day', async () => {
    await client.control('POST', '/settings', { reels_per_day: 1 })
    expect(await refusalOf(await post(`${page.pageId}/video_reels`, { upload_phase: 'start' }))).toBe(
      '400 613',
    )
    await client.control('POST', '/settings', { reels_per_day: 1000 })
  })

  test('whose answer is lost is out all the same, and a failed processing publishes nothing', async () => {
    const { id, door } = await start()
    await bytesTo(door, whole(), film)
    await client.arm({ kind: 'drop', accept: 'after', match: { path: '*/video_reels' } })
    await expect(finish(id)).rejects.toThrow('fetch failed')
    expect((await statusOf(id)).post_id).toBeTruthy()

    await client.arm({ kind: 'failed_processing', match: { host: 'rupload.facebook.com' } })
    const other = await start()
    await bytesTo(other.door, whole(), film)
    await finish(other.id)
    expect((await statusOf(other.id)).status.processing_phase).toMatchObject({ status: 'error' })
  })
})

describe('stories of a Page', () => {
  test('are a picture staged before or a film, outside the feed', async () => {
    const who = await client.connectedInstagram('Day Only')
    const jpeg = await sharp({ create: { width: 90, height: 160, channels: 3, background: '#223344' } })
      .jpeg()
      .toBuffer()
    const { id } = await json(
      client.upload(who.pageId, who.token, new Uint8Array(jpeg), { published: 'false' }),
    )
    const story = await json(post(`${who.pageId}/photo_stories`, { photo_id: id }, who))
    expect(story).toMatchObject({ success: true })
    expect(await refusalOf(await post(`${who.pageId}/photo_stories`, { photo_id: id }, who))).toBe(
      '400 100/1366051',
    )
    const { video_id, upload_url } = await json(
      post(`${who.pageId}/video_stories`, { upload_phase: 'start' }, who),
    )
    await bytesTo(upload_url, { ...whole(), authorization: `OAuth ${who.token}` }, film)
    const second = await json(post(`${who.pageId}/video_stories`, { upload_phase: 'finish', video_id }, who))
    const listed = await get(`${who.pageId}/stories`, who)
    expect(listed.data.map((row: { post_id: string }) => row.post_id)).toEqual([
      second.post_id,
      story.post_id,
    ])
    expect((await get(`${who.pageId}/published_posts`, who)).data).toEqual([])
  })
})

describe('a film on Instagram', () => {
  const create = (fields: Record<string, string>) => post(`${page.instagramId}/media`, fields)
  const publish = (id: string) => post(`${page.instagramId}/media_publish`, { creation_id: id })
  const status = (id: string) => get(`${id}?fields=status_code,status`)

  test('is fetched, worked on and published as a reel', async () => {
    await client.arm({ kind: 'slow_processing', ms: 60_000, match: { path: '*/media' } })
    const { id } = await json(create({ media_type: 'REELS', video_url: await serve(film), caption: 'Rye' }))
    expect(await status(id)).toMatchObject({ status_code: 'IN_PROGRESS' })
    await client.moveOn(61_000)
    expect(await status(id)).toMatchObject({ status_code: 'FINISHED' })
    const media = await json(publish(id))
    await client.control('POST', '/clock', { now: null })
    const read = await get(
      `${media.id}?fields=media_type,media_product_type,permalink,shortcode,thumbnail_url`,
    )
    expect(read).toMatchObject({
      media_type: 'VIDEO',
      media_product_type: 'REELS',
      permalink: `https://www.instagram.com/reel/${read.shortcode}/`,
    })
  })

  test('may be uploaded instead, and go on after a break', async () => {
    const { id, uri } = await json(create({ media_type: 'REELS', upload_type: 'resumable' }))
    expect(uri).toBe(`https://rupload.facebook.com/ig-api-upload/v26.0/${id}`)
    expect(await status(id)).toMatchObject({ status_code: 'IN_PROGRESS' })
    await client.arm({ kind: 'cut', bytes: 700, match: { node: 'container', host: 'rupload.facebook.com' } })
    await expect(bytesTo(uri, whole(), film)).rejects.toThrow('fetch failed')
    const wrong = await bytesTo(uri, whole(), film)
    expect(await wrong.json()).toMatchObject({ debug_info: { retriable: true, type: 'OffsetInvalidError' } })
    const { video_status } = await get(`${id}?fields=video_status`)
    expect(video_status.uploading_phase).toMatchObject({ bytes_transferred: 700 })
    const rest = { offset: '700', file_size: String(film.byteLength) }
    expect(await json(bytesTo(uri, rest, film.slice(700)))).toMatchObject({ success: true })
    expect(await status(id)).toMatchObject({ status_code: 'FINISHED' })
    expect((await publish(id)).status).toBe(200)
  })

  test.each<[string, () => Promise<Record<string, string>>, string]>([
    [
      'two seconds',
      async () => ({ video_url: await serve(makeMp4({ durationMs: 2000, width: 90, height: 160 })) }),
      '2207026',
    ],
    [
      'its index last',
      async () => ({
        video_url: await serve(makeMp4({ durationMs: 4000, width: 90, height: 160, indexLast: true })),
      }),
      '2207026',
    ],
    ['no film', async () => ({ video_url: await serve(new Uint8Array(99)) }), '2207026'],
    [
      'nothing behind the address',
      async () => ({ video_url: await serve(film, 'video/mp4', 404) }),
      '2207077',
    ],
    ['a page behind the address', async () => ({ video_url: await serve(film, 'text/html') }), '2207077'],
  ])('with %s ends in ERROR, which says why', async (_, fields, subcode) => {
    const { id } = await json(create({ media_type: 'REELS', ...(await fields()) }))
    const { status_code, status: text } = await status(id)
    expect(status_code).toBe('ERROR')
    expect(text).toContain(subcode)
  })

  test('may stand in a carousel beside pictures, or be a story of at most a minute', async () => {
    const jpeg = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#224433' } })
      .jpeg()
      .toBuffer()
    const picture = await serve(new Uint8Array(jpeg), 'image/jpeg')
    const items = [
      await json(create({ is_carousel_item: 'true', image_url: picture })),
      await json(create({ is_carousel_item: 'true', media_type: 'VIDEO', video_url: await serve(film) })),
    ]
    const parent = await json(
      create({ media_type: 'CAROUSEL', children: items.map(({ id }) => id).join(','), caption: 'Mixed' }),
    )
    const { id } = await json(publish(parent.id))
    const { children } = await get(`${id}?fields=children{media_type}`)
    expect(children.data.map((child: { media_type: string }) => child.media_type)).toEqual(['IMAGE', 'VIDEO'])

    const long = makeMp4({ durationMs: 61_000, width: 90, height: 160 })
    const tooLong = await json(create({ media_type: 'STORIES', video_url: await serve(long) }))
    expect(await status(tooLong.id)).toMatchObject({ status_code: 'ERROR' })
    const story = await json(create({ media_type: 'STORIES', video_url: await serve(film) }))
    const published = await json(publish(story.id))
    expect((await get(`${page.instagramId}/stories?fields=id`)).data).toEqual([{ id: published.id }])
    const media = await get(`${page.instagramId}/media?fields=id`)
    expect(media.data.map((row: { id: string }) => row.id)).not.toContain(published.id)
  })
})
