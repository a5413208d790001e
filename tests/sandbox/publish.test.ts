import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf, SandboxClient, serveBytes } from './world.ts'

let client: SandboxClient
let pageId: string
let token: string
let userToken: string
let jpeg: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  client = await SandboxClient.start()
  ;({ pageId, token, userToken } = await client.connectedPage('Kettle & Vine'))
  jpeg = await picture('#8a5a2b')
})
afterAll(() => client.sandbox.stop())

async function picture(background: string, width = 60, height = 40): Promise<Uint8Array<ArrayBuffer>> {
  const made = sharp({ create: { width, height, channels: 3, background } })
  return new Uint8Array(await made.jpeg().toBuffer())
}
const json = async (answer: Response | Promise<Response>) => (await answer).json()
const feed = (fields: Record<string, string>) => client.post(`/v25.0/${pageId}/feed`, token, fields)
const stage = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  (await json(client.upload(pageId, token, bytes, { published: 'false' }))).id
const attach = (...ids: string[]) => JSON.stringify(ids.map((media_fbid) => ({ media_fbid })))
const remove = (id: string) =>
  client.graph(`/v25.0/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })

describe('a post', () => {
  test('of text is published under an id past 2^53, and reads back as it was sent', async () => {
    const message = 'Élan in the oven 🍞: rye at 7.\r\nSee you / bring a bag.'
    const { id } = await json(feed({ message }))
    expect(id).toMatch(new RegExp(`^${pageId}_\\d{18}$`))
    const fields = 'message,created_time,permalink_url,status_type,is_published,from,application'
    const read = await json(client.get(`/v25.0/${id}?fields=${fields}`, token))
    expect(read).toMatchObject({
      id,
      message,
      permalink_url: `https://www.facebook.com/${pageId}/posts/${id.split('_')[1]}`,
      status_type: 'mobile_status_update',
      is_published: true,
      from: { id: pageId, name: 'Kettle & Vine' },
      application: { name: 'Copydesk' },
    })
    expect(read.created_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/)
  })

  test('goes out as ASCII JSON with escaped slashes, the usage and the version served', async () => {
    const answer = await feed({ message: 'Où est le pain ?', fields: 'id,message,permalink_url' })
    expect(answer.headers.get('facebook-api-version')).toBe('v25.0')
    expect(JSON.parse(answer.headers.get('x-business-use-case-usage') ?? '')[pageId][0].type).toBe('pages')
    const text = await answer.text()
    expect(text).toContain('"message":"O\\u00f9 est le pain ?"')
    expect(text).toContain('"https:\\/\\/www.facebook.com\\/')
  })

  test('may be a link', async () => {
    const { id } = await json(feed({ message: 'Read it', link: 'https://kettle.invalid/rye' }))
    const read = await json(client.get(`/v25.0/${id}?fields=attachments{media_type,url}`, token))
    expect(read.attachments.data).toEqual([{ media_type: 'link', url: 'https://kettle.invalid/rye' }])
  })

  test('goes once it is deleted, and stays counted', async () => {
    const { id } = await json(feed({ message: 'Shut on Monday' }))
    expect(await json(remove(id))).toEqual({ success: true })
    expect(await refusalOf(await client.get(`/v25.0/${id}`, token))).toBe('400 100/33')
    expect(await refusalOf(await remove(id))).toBe('400 100/33')
    const listed = await json(client.get(`/v25.0/${pageId}/published_posts`, token))
    expect(listed.data.map((post: { id: string }) => post.id)).not.toContain(id)
    const kept = (await client.posts(pageId)).posts.find((post) => post.id === id)
    expect(kept?.deleted_at).not.toBeNull()
  })

  test.each<[string, Record<string, string>, string]>([
    ['nothing in it', { message: '  ' }, '400 100'],
    ['a text past 63,206 characters', { message: 'a'.repeat(63_207) }, '400 100'],
    ['a link that is no address', { link: 'rye bread' }, '400 100/1609005'],
    ['a picture that is not there', { attached_media: '[{"media_fbid":"1"}]' }, '400 100'],
    ['pictures that are not a list', { attached_media: 'one' }, '400 100'],
    [
      'a schedule, which this sandbox has not',
      { message: 'x', scheduled_publish_time: '1999999999' },
      '400 100',
    ],
  ])('with %s is refused', async (_, fields, expected) => {
    const before = await client.posts(pageId)
    expect(await refusalOf(await feed(fields))).toBe(expected)
    expect((await client.posts(pageId)).committed).toBe(before.committed)
  })

  test('of 63,206 characters is taken', async () => {
    expect((await feed({ message: 'ä'.repeat(63_206) })).status).toBe(200)
  })

  test('wants a Page token: a user token and another Page’s are refused', async () => {
    expect(await refusalOf(await client.post(`/v25.0/${pageId}/feed`, userToken, { message: 'x' }))).toBe(
      '403 200',
    )
    const other = await client.connectedPage('Someone Else')
    expect(await refusalOf(await client.post(`/v25.0/${pageId}/feed`, other.token, { message: 'x' }))).toBe(
      '403 200',
    )
    expect(await refusalOf(await client.get(`/v25.0/${pageId}/published_posts`, other.token))).toBe('403 10')
  })

  test('equal to the last one is refused with 506 only where the sandbox is set so', async () => {
    expect((await feed({ message: 'Twice' })).status).toBe(200)
    expect((await feed({ message: 'Twice' })).status).toBe(200)
    await client.control('POST', '/settings', { refuse_repeats: true })
    expect(await refusalOf(await feed({ message: 'Twice' }))).toBe('400 506')
    expect((await feed({ message: 'Thrice' })).status).toBe(200)
    expect((await feed({ message: 'Twice' })).status).toBe(200)
    await client.control('POST', '/settings', { refuse_repeats: false })
  })

  test('sent as JSON is the same as one sent as a form', async () => {
    const answer = await client.graph(`/v25.0/${pageId}/feed`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'By JSON', published: true }),
    })
    expect(answer.status).toBe(200)
  })
})

describe('a picture', () => {
  test('published at once is kept to the byte and served', async () => {
    const { id, post_id } = await json(client.upload(pageId, token, jpeg, { caption: 'Morning bake' }))
    const { posts } = await client.posts(pageId)
    const post = posts.find((candidate) => candidate.id === post_id)
    const sha256 = createHash('sha256').update(jpeg).digest('hex')
    expect(post).toMatchObject({ message: 'Morning bake', photos: [{ id, sha256, width: 60, height: 40 }] })
    const read = await json(client.get(`/v25.0/${id}?fields=images,page_story_id`, token))
    expect(read.page_story_id).toBe(post_id)
    const source = read.images[0].source.replace('https://', `${client.sandbox.url}/`)
    expect(new Uint8Array(await (await fetch(source)).arrayBuffer())).toEqual(jpeg)
  })

  test('staged shows nowhere until a post takes it, in the order given, and then never again', async () => {
    const [first, second] = [await stage(jpeg), await stage(await picture('#224466'))]
    const before = await client.posts(pageId)
    const { id } = await json(feed({ message: 'Two loaves', attached_media: attach(second, first) }))
    expect((await client.posts(pageId)).committed).toBe(before.committed + 1)
    const fields = 'attachments{media_type,target{id},subattachments{target{id}}}'
    const read = await json(client.get(`/v25.0/${id}?fields=${fields}`, token))
    expect(read.attachments.data[0].media_type).toBe('album')
    expect(
      read.attachments.data[0].subattachments.data.map((item: { target: { id: string } }) => item.target.id),
    ).toEqual([second, first])
    expect(await refusalOf(await feed({ attached_media: attach(first) }))).toBe('400 100/1366051')
  })

  test('alone in a post is found by its id; attached by index it is the same', async () => {
    const photo = await stage(jpeg)
    const { id } = await json(feed({ message: 'One loaf', 'attached_media[0]': `{"media_fbid":"${photo}"}` }))
    const read = await json(client.get(`/v25.0/${id}?fields=attachments{media_type,target{id}}`, token))
    expect(read.attachments.data).toEqual([{ media_type: 'photo', target: { id: photo } }])
  })

  test('staged is dropped after a day, or when it is deleted', async () => {
    const [old, gone] = [await stage(jpeg), await stage(jpeg)]
    expect(await json(remove(gone))).toEqual({ success: true })
    expect(await refusalOf(await feed({ attached_media: attach(gone) }))).toBe('400 100')
    await client.control('POST', '/clock', { now: new Date(Date.now() + 86_401_000).toISOString() })
    expect(await refusalOf(await feed({ attached_media: attach(old) }))).toBe('400 100')
    await client.control('POST', '/clock', { now: null })
  })

  test('by address is fetched from this machine, and from nowhere else', async () => {
    const served = await serveBytes(jpeg)
    const photos = (url: string) => client.post(`/v25.0/${pageId}/photos`, token, { url, published: 'false' })
    expect((await photos(served.url)).status).toBe(200)
    served.close()
    expect(await refusalOf(await photos(served.url))).toBe('400 100/1366046')
    expect(await refusalOf(await photos('https://pictures.invalid/a.jpg'))).toBe('400 100/1366046')
    const missing = await serveBytes(jpeg, 404)
    expect(await refusalOf(await photos(missing.url))).toBe('400 100/1366046')
    missing.close()
  })

  test.each<[string, () => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>]>([
    ['a program', () => new Uint8Array([0x4d, 0x5a, ...new Array<number>(400).fill(0)])],
    ['a JPEG in name only', () => new Uint8Array([0xff, 0xd8, 0xff, ...new Array<number>(400).fill(0)])],
    ['WebP', async () => new Uint8Array(await sharp(jpeg).webp().toBuffer())],
    ['more than 4 MB', () => new Uint8Array([...jpeg, ...new Uint8Array(4 * 1024 * 1024)])],
    ['nothing', () => new Uint8Array(0)],
  ])('that is %s is refused', async (_, make) => {
    expect(await refusalOf(await client.upload(pageId, token, await make()))).toBe('400 100/1366046')
  })

  test('as PNG, GIF and TIFF is taken; a post holds ten and no more', async () => {
    const kinds = [sharp(jpeg).png(), sharp(jpeg).gif(), sharp(jpeg).tiff()]
    const made = await Promise.all(kinds.map(async (kind) => new Uint8Array(await kind.toBuffer())))
    const ids: string[] = []
    for (const bytes of [...made, ...new Array<Uint8Array<ArrayBuffer>>(8).fill(jpeg)])
      ids.push(await stage(bytes))
    expect(await refusalOf(await feed({ attached_media: attach(...ids) }))).toBe('400 100')
    expect((await feed({ attached_media: attach(...ids.slice(1)) })).status).toBe(200)
  })

  test('and a link do not go together, rather than one of them being lost', async () => {
    const photo = await stage(jpeg)
    const both = { link: 'https://kettle.invalid/', attached_media: attach(photo) }
    expect(await refusalOf(await feed(both))).toBe('400 100')
  })
})

describe('the list of published posts', () => {
  test('is newest first, paged, and bounded by since and until on the platform’s clock', async () => {
    const page = await client.connectedPage('Paged')
    const at = (minute: number) => `2026-10-05T08:${String(minute).padStart(2, '0')}:00Z`
    for (const minute of [10, 20, 30, 40]) {
      await client.control('POST', '/clock', { now: at(minute) })
      await client.post(`/v25.0/${page.pageId}/feed`, page.token, { message: `Minute ${minute}` })
    }
    const list = async (query: string) =>
      json(client.get(`/v25.0/${page.pageId}/published_posts?fields=message&${query}`, page.token))
    const messages = (listed: { data: { message: string }[] }) => listed.data.map(({ message }) => message)

    const first = await list('limit=3')
    expect(messages(first)).toEqual(['Minute 40', 'Minute 30', 'Minute 20'])
    const second = await list(`limit=3&after=${first.paging.cursors.after}`)
    expect(messages(second)).toEqual(['Minute 10'])
    expect(second.paging.next).toBeUndefined()
    const since = Date.parse(at(20)) / 1000
    expect(messages(await list(`since=${since}&until=${encodeURIComponent(at(30))}`))).toEqual([
      'Minute 30',
      'Minute 20',
    ])
    await client.control('POST', '/clock', { now: null })
  })

  test('refuses unknown fields, broken ones and pages past 100', async () => {
    const list = (query: string) => client.get(`/v25.0/${pageId}/published_posts?${query}`, token)
    expect(await refusalOf(await list('fields=id,likes_of_friends'))).toBe('400 100')
    expect(await refusalOf(await list('fields=id,attachments{media'))).toBe('400 2500')
    expect(await refusalOf(await list('limit=101'))).toBe('400 100')
    expect((await list('fields=id,attachments.limit(1){media_type}')).status).toBe(200)
  })
})

describe('versions', () => {
  test('are required, but for the two documented paths', async () => {
    expect(await refusalOf(await client.get('/me', userToken))).toBe('400 2635')
    expect(await refusalOf(await client.graph('/oauth/access_token?client_id=1'))).toBe('400 101')
  })

  test('that ended are served by the oldest that lives, and ones to come are refused', async () => {
    const old = await client.get('/v19.0/me', userToken)
    expect(old.headers.get('facebook-api-version')).toBe('v21.0')
    expect(await refusalOf(await client.get('/v27.0/me', userToken))).toBe('400 2635')
    await client.control('POST', '/clock', { now: '2027-02-01T00:00:00Z' })
    const later = await client.get('/v21.0/me', userToken)
    expect(later.headers.get('facebook-api-version')).toBe('v22.0')
    await client.control('POST', '/clock', { now: null })
  })
})

describe('allowances', () => {
  test('of a Page and of the app are counted, shown, and refused beyond', async () => {
    const page = await client.connectedPage('Busy')
    await client.control('POST', '/settings', { page_calls_per_day: 2 })
    const read = () => client.get(`/v25.0/${page.pageId}`, page.token)
    const used = async (answer: Response) =>
      JSON.parse(answer.headers.get('x-business-use-case-usage') ?? '')[page.pageId][0]
    expect((await used(await read())).call_count).toBe(50)
    await read()
    const refused = await read()
    expect((await used(refused)).estimated_time_to_regain_access).toBeGreaterThan(0)
    expect(await refusalOf(refused)).toBe('400 80001')
    await client.control('POST', '/settings', { page_calls_per_day: 100_000, app_calls_per_hour: 1 })
    expect(await refusalOf(await client.get('/v25.0/me', page.userToken))).toBe('400 4')
    await client.control('POST', '/settings', { app_calls_per_hour: 100_000 })
  })
})
