import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf, SandboxClient, serveBytes } from './world.ts'

type Account = Awaited<ReturnType<SandboxClient['connectedInstagram']>>

let client: SandboxClient
let account: Account
let square: { url: string; close: () => void }
const serving: { close: () => void }[] = []

beforeAll(async () => {
  client = await SandboxClient.start()
  await client.control('POST', '/settings', { image_processing_ms: 0 })
  account = await client.connectedInstagram('Salt Yard')
  square = await serve(await jpeg(600, 600))
})
afterAll(async () => {
  for (const server of serving) server.close()
  await client.sandbox.stop()
})

async function jpeg(width: number, height: number, background = '#335577') {
  return new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background } })
      .jpeg()
      .toBuffer(),
  )
}
async function serve(bytes: Uint8Array, status = 200, contentType = 'image/jpeg') {
  const server = await serveBytes(bytes, status, contentType)
  serving.push(server)
  return server
}
const json = async (answer: Response | Promise<Response>) => (await answer).json()
const create = (fields: Record<string, string>, who = account) =>
  client.post(`/v26.0/${who.instagramId}/media`, who.token, fields)
const made = async (fields: Record<string, string>, who = account): Promise<string> =>
  (await json(create(fields, who))).id
const publish = (container: string, who = account) =>
  client.post(`/v26.0/${who.instagramId}/media_publish`, who.token, { creation_id: container })
const read = (id: string, fields: string, who = account) =>
  client.get(`/v26.0/${id}?fields=${fields}`, who.token)
const statusOf = async (id: string) => (await json(read(id, 'status_code'))).status_code
const listed = async (who = account, edge = 'media', fields = 'id,caption,media_type,media_product_type') =>
  (await json(client.get(`/v26.0/${who.instagramId}/${edge}?fields=${fields}`, who.token))).data
const item = (fields: Record<string, string> = {}) =>
  made({ image_url: square.url, is_carousel_item: 'true', ...fields })

describe('a picture', () => {
  test('becomes a container, then a media with another id, and reads back', async () => {
    const caption = 'Salt, butter, bread. #salt @oatandember'
    const container = await made({ image_url: square.url, caption, alt_text: 'A loaf' })
    const { id } = await json(publish(container))
    expect(id).not.toBe(container)
    expect(await statusOf(container)).toBe('PUBLISHED')
    const media = await json(
      read(
        id,
        'caption,alt_text,media_type,media_product_type,permalink,shortcode,timestamp,media_url,username',
      ),
    )
    expect(media).toMatchObject({
      id,
      caption,
      alt_text: 'A loaf',
      media_type: 'IMAGE',
      media_product_type: 'FEED',
      permalink: `https://www.instagram.com/p/${media.shortcode}/`,
      username: 'saltyard',
    })
    expect(media.timestamp).toMatch(/\+0000$/)
    expect((await listed())[0]).toMatchObject({ id, caption })
  })

  test('comes back without the signs of mentions to someone who only helps with the Page', async () => {
    const helper = await client.connectedInstagram('Helping Hand', ['CREATE_CONTENT', 'ANALYZE'])
    const caption = 'Bread for @oatandember'
    const { id } = await json(publish(await made({ image_url: square.url, caption }, helper), helper))
    expect(await json(read(id, 'caption', helper))).toMatchObject({ caption: 'Bread for oatandember' })
  })

  test('is IN_PROGRESS for a while; publishing then is refused and harms nothing', async () => {
    await client.arm({ kind: 'slow_processing', ms: 60_000, match: { path: '*/media' } })
    const container = await made({ image_url: square.url })
    expect(await statusOf(container)).toBe('IN_PROGRESS')
    expect(await refusalOf(await publish(container))).toBe('400 9007/2207027')
    await client.moveOn(61_000)
    expect(await statusOf(container)).toBe('FINISHED')
    expect((await publish(container)).status).toBe(200)
    await client.control('POST', '/clock', { now: null })
  })

  test('is published once: the second time the container is not ready any more', async () => {
    const who = await client.connectedInstagram('Once Only')
    const container = await made({ image_url: square.url }, who)
    expect((await publish(container, who)).status).toBe(200)
    expect(await refusalOf(await publish(container, who))).toBe('400 9007/2207027')
    expect(await listed(who)).toHaveLength(1)
  })

  test('waits a day and is EXPIRED then', async () => {
    const container = await made({ image_url: square.url })
    await client.moveOn(86_400_000)
    expect(await statusOf(container)).toBe('EXPIRED')
    expect(await refusalOf(await publish(container))).toBe('400 -2/2207020')
    await client.control('POST', '/clock', { now: null })
  })

  test.each<[string, () => Promise<string>, string]>([
    ['no answer', async () => (await serve(new Uint8Array(), 404)).url, '400 9004/2207052'],
    [
      'a page in its place',
      async () => (await serve(await jpeg(9, 9), 200, 'text/html')).url,
      '400 9004/2207052',
    ],
    ['an address outside this machine', async () => 'https://example.com/a.jpg', '400 9004/2207052'],
    ['letters beyond ASCII', async () => square.url.replace('picture', 'bäcker'), '400 9004/2207052'],
    [
      'a PNG',
      async () =>
        (
          await serve(
            new Uint8Array(
              await sharp(await jpeg(90, 90))
                .png()
                .toBuffer(),
            ),
          )
        ).url,
      '400 36001/2207005',
    ],
    ['a tall picture', async () => (await serve(await jpeg(600, 900))).url, '400 36003/2207009'],
    ['a wide picture', async () => (await serve(await jpeg(1200, 600))).url, '400 36003/2207009'],
    [
      'a heavy one',
      async () => (await serve(Buffer.concat([await jpeg(90, 90), Buffer.alloc(8 * 1024 * 1024)]))).url,
      '400 36000/2207004',
    ],
  ])('with %s behind its address is refused at once', async (_, url, expected) => {
    expect(await refusalOf(await create({ image_url: await url() }))).toBe(expected)
  })

  test('at 4:5 and at 1.91:1 is taken', async () => {
    for (const [width, height] of [
      [640, 800],
      [1080, 566],
    ] as const)
      expect((await create({ image_url: (await serve(await jpeg(width, height))).url })).status).toBe(200)
  })

  test.each<[string, Record<string, string>, string]>([
    ['2,201 characters', { caption: 'ä'.repeat(2201) }, '400 36004/2207010'],
    [
      '31 hashtags',
      { caption: Array.from({ length: 31 }, (_, n) => `#tag${n}`).join(' ') },
      '400 36004/2207010',
    ],
    [
      '21 mentions',
      { caption: Array.from({ length: 21 }, (_, n) => `@name${n}`).join(' ') },
      '400 36004/2207010',
    ],
    ['an alt text of 1,001', { alt_text: 'a'.repeat(1001) }, '400 100'],
    ['a caption on an item', { is_carousel_item: 'true', caption: 'x' }, '400 100'],
    ['a type nobody knows', { media_type: 'HOLOGRAM' }, '400 100/2207023'],
    [
      'a video by the old name',
      { media_type: 'VIDEO', video_url: 'http://127.0.0.1/a.mp4' },
      '400 100/2207023',
    ],
    ['a place, which this sandbox has not', { location_id: '1' }, '400 100'],
  ])('with %s is refused', async (_, fields, expected) => {
    expect(await refusalOf(await create({ image_url: square.url, ...fields }))).toBe(expected)
  })

  test('with 2,200 characters is taken', async () => {
    expect((await create({ image_url: square.url, caption: 'ä'.repeat(2200) })).status).toBe(200)
  })
})

describe('a carousel', () => {
  test('is one post of its items in their order', async () => {
    const other = await serve(await jpeg(500, 500, '#aa3311'))
    const items = [await item(), await made({ image_url: other.url, is_carousel_item: 'true' })]
    const parent = await made({ media_type: 'CAROUSEL', children: items.join(','), caption: 'Two' })
    const { id } = await json(publish(parent))
    const media = await json(read(id, 'media_type,media_product_type,children{id,media_type}'))
    expect(media).toMatchObject({ media_type: 'CAROUSEL_ALBUM', media_product_type: 'FEED' })
    expect(media.children.data.map((child: { media_type: string }) => child.media_type)).toEqual([
      'IMAGE',
      'IMAGE',
    ])
    expect(await json(read(id, 'children'))).toMatchObject({ children: { data: [{}, {}] } })
    expect((await listed()).find((row: { id: string }) => row.id === id)).toMatchObject({
      caption: 'Two',
      media_type: 'CAROUSEL_ALBUM',
    })
    for (const child of items) expect(await statusOf(child)).toBe('PUBLISHED')
    const { posts } = (await client.control('GET', `/posts?account_id=${account.instagramId}`)) as {
      posts: { id: string; items: { sha256: string }[] }[]
    }
    const kept = posts.find((post) => post.id === id)
    expect(new Set(kept?.items.map(({ sha256 }) => sha256)).size).toBe(2)
  })

  test('takes its items as a JSON array too', async () => {
    const items = [await item(), await item()]
    expect((await create({ media_type: 'CAROUSEL', children: JSON.stringify(items) })).status).toBe(200)
  })

  test('wants two to ten of its own items, ready and used once', async () => {
    const one = await item()
    const plain = await made({ image_url: square.url })
    const carousel = async (...ids: string[]) =>
      refusalOf(await create({ media_type: 'CAROUSEL', children: ids.join(',') }))
    expect(await carousel(one)).toBe('400 100/2207028')
    expect(await carousel(one, one)).toBe('400 100/2207028')
    expect(await carousel(one, plain)).toBe('400 100/2207028')
    expect(await carousel(one, '17990000000000001')).toBe('400 100/2207028')
    const eleven: string[] = []
    for (let n = 0; n < 11; n++) eleven.push(await item())
    expect(await carousel(...eleven)).toBe('400 100/2207028')
    await client.arm({ kind: 'slow_processing', ms: 60_000, match: { path: '*/media' } })
    expect(await carousel(one, await item())).toBe('400 9007/2207027')
    expect(await refusalOf(await publish(one))).toBe('400 24/2207006')
  })
})

describe('allowances', () => {
  test('what was published counts, a carousel as one, and past the total publishing is refused', async () => {
    const who = await client.connectedInstagram('Full')
    const limit = async () =>
      (
        await json(
          client.get(
            `/v26.0/${who.instagramId}/content_publishing_limit?fields=quota_usage,config`,
            who.token,
          ),
        )
      ).data[0]
    expect(await limit()).toEqual({ quota_usage: 0, config: { quota_total: 100, quota_duration: 86_400 } })
    await client.control('POST', '/settings', { instagram_quota_total: 1 })
    await publish(await made({ image_url: square.url }, who), who)
    expect((await limit()).quota_usage).toBe(1)
    const late = await made({ image_url: square.url }, who)
    expect(await refusalOf(await publish(late, who))).toBe('400 9/2207042')
    await client.control('POST', '/settings', { instagram_quota_total: 100 })
    expect((await publish(late, who)).status).toBe(200)
  })

  test('containers in a day are counted as they are made', async () => {
    const who = await client.connectedInstagram('Busy Hands')
    await client.control('POST', '/settings', { instagram_containers_per_day: 1 })
    expect((await create({ image_url: square.url }, who)).status).toBe(200)
    expect(await refusalOf(await create({ image_url: square.url }, who))).toBe('400 4')
    await client.control('POST', '/settings', { instagram_containers_per_day: 400 })
  })

  test('calls take from the account’s own allowance, and the tally says what was done when', async () => {
    const who = await client.connectedInstagram('Counted')
    const answer = await read(who.instagramId, 'username', who)
    const usage = JSON.parse(answer.headers.get('x-business-use-case-usage') ?? '')
    expect(usage[who.instagramId][0].type).toBe('instagram')
    await publish(await made({ image_url: square.url }, who), who)
    const { holders } = (await client.control('GET', '/usage?window_s=60')) as {
      holders: Record<string, unknown>
    }
    expect(holders[who.instagramId]).toEqual({
      calls: { total: 3, busiest: 3 },
      containers: { total: 1, busiest: 1 },
      published: { total: 1, busiest: 1 },
    })
    await client.control('POST', '/settings', { instagram_calls_per_day: 3 })
    expect(await refusalOf(await read(who.instagramId, 'username', who))).toBe('400 80002')
    await client.control('POST', '/settings', { instagram_calls_per_day: 100_000 })
  })
})

describe('who may', () => {
  test('needs the permissions, the task and a token that reaches the account', async () => {
    const other = await client.connectedInstagram('Elsewhere')
    expect(await refusalOf(await read(account.instagramId, 'username', other))).toBe('403 10')
    const poor = await client.longToken(
      account.personId,
      [account.pageId],
      ['instagram_basic', 'pages_show_list'],
    )
    expect(await refusalOf(await client.post(`/v26.0/${account.instagramId}/media`, poor, {}))).toBe('403 10')
    account = { ...account, userToken: await client.longToken(account.personId, [account.pageId]) }
    expect((await client.get(`/v26.0/${account.instagramId}`, account.userToken)).status).toBe(200)
  })
})

describe('below a media', () => {
  test('a first comment is written, listed and counted; asking for fields fails though it is there', async () => {
    const { id } = await json(publish(await made({ image_url: square.url })))
    const comment = (fields: Record<string, string>) =>
      client.post(`/v26.0/${id}/comments`, account.token, fields)
    expect(await json(comment({ message: 'More at the counter' }))).toHaveProperty('id')
    expect(await refusalOf(await comment({ message: 'Again', fields: 'id' }))).toBe('400 20/1772107')
    const comments = await json(client.get(`/v26.0/${id}/comments?fields=text,username`, account.token))
    expect(comments.data.map(({ text }: { text: string }) => text)).toEqual(['Again', 'More at the counter'])
    expect(await json(read(id, 'comments_count'))).toMatchObject({ comments_count: 2 })
  })

  test('a media is deleted whole, and counted still', async () => {
    const who = await client.connectedInstagram('Regret')
    const { id } = await json(publish(await made({ image_url: square.url }, who), who))
    const remove = () =>
      client.graph(`/v26.0/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${who.token}` } })
    expect(await json(remove())).toEqual({ success: true })
    expect(await refusalOf(await remove())).toBe('400 100/33')
    expect(await listed(who)).toEqual([])
    expect(await client.control('GET', `/posts?account_id=${who.instagramId}`)).toMatchObject({
      committed: 1,
    })
  })
})

describe('what goes wrong', () => {
  test('a container may be called missing, or come without its status, or fail', async () => {
    const container = await made({ image_url: square.url })
    await client.arm({
      kind: 'error',
      code: 100,
      subcode: 33,
      match: { method: 'GET', node: 'container' },
      times: 2,
    })
    expect(await refusalOf(await read(container, 'status_code'))).toBe('400 100/33')
    expect(await refusalOf(await read(container, 'status_code'))).toBe('400 100/33')
    expect(await statusOf(container)).toBe('FINISHED')

    await client.arm({ kind: 'failed_processing', match: { path: '*/media' } })
    await client.arm({ kind: 'without_field', field: 'status_code', match: { node: 'container' } })
    const failed = await made({ image_url: square.url })
    expect(await json(read(failed, 'status_code,status'))).toEqual({
      id: failed,
      status: 'Error: Media upload has failed with error code 2207053',
    })
    expect(await statusOf(failed)).toBe('ERROR')
    expect(await refusalOf(await publish(failed))).toBe('400 9007/2207027')
  })

  test('an answer may be lost after the media is out, and the permalink and the list may lag', async () => {
    const who = await client.connectedInstagram('Lossy')
    const container = await made({ image_url: square.url, caption: 'Here' }, who)
    const lagging = { ms: 60_000, match: { account_id: who.instagramId } }
    await client.arm({ kind: 'list_lag', ...lagging })
    await client.arm({ kind: 'permalink_lag', ...lagging })
    await client.arm({ kind: 'drop', accept: 'after', match: { path: '*/media_publish' } })
    await expect(publish(container, who)).rejects.toThrow('fetch failed')
    expect(await listed(who)).toEqual([])
    const kept = (await client.control('GET', `/posts?account_id=${who.instagramId}`)) as {
      posts: { id: string }[]
    }
    const media = kept.posts[0]?.id ?? ''
    expect(await json(read(media, 'permalink', who))).toEqual({ id: media })
    await client.control('DELETE', '/faults')
    expect(await listed(who)).toMatchObject([{ id: media }])
    expect(await json(read(media, 'permalink', who))).toHaveProperty('permalink')
  })

  test('2207051 with effect, and 9007 some times after FINISHED', async () => {
    const who = await client.connectedInstagram('Blocked')
    await client.arm({
      kind: 'error',
      code: 4,
      subcode: 2207051,
      accept: 'after',
      match: { path: '*/media_publish' },
    })
    expect(await refusalOf(await publish(await made({ image_url: square.url }, who), who))).toBe(
      '400 4/2207051',
    )
    expect(await listed(who)).toHaveLength(1)
    await client.arm({
      kind: 'error',
      code: 9007,
      subcode: 2207027,
      match: { path: '*/media_publish' },
      times: 2,
    })
    const container = await made({ image_url: square.url }, who)
    const answers: number[] = []
    for (let send = 0; send < 3; send++) answers.push((await publish(container, who)).status)
    expect(answers).toEqual([400, 400, 200])
  })
})
