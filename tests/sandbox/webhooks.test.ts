import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { META_SANDBOX_APP } from '#local/sandboxes/server.ts'
import { makeMp4 } from '#tests/support/mp4.ts'
import { refusalOf, SandboxClient, serveBytes, until } from './world.ts'

interface Heard {
  signature: string
  raw: string
  path: string
}

let client: SandboxClient
let account: Awaited<ReturnType<SandboxClient['connectedInstagram']>>
let app: Server
let callback: string
let heard: Heard[] = []
/** What the app answers next, oldest first; 200 after that. */
let answers: number[] = []

beforeAll(async () => {
  app = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://app.invalid')
    if (url.searchParams.get('hub.mode') === 'subscribe') {
      const isOurs = url.searchParams.get('hub.verify_token') === 'ours'
      response.writeHead(isOurs ? 200 : 403).end(isOurs ? url.searchParams.get('hub.challenge') : '')
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    heard.push({
      signature: String(request.headers['x-hub-signature-256']),
      raw: Buffer.concat(chunks).toString(),
      path: url.pathname,
    })
    response.writeHead(answers.shift() ?? 200).end('{"url":"http://127.0.0.1/d","confirmation_code":"abc"}')
  }).listen(0, '127.0.0.1')
  await once(app, 'listening')
  const address = app.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  callback = `http://127.0.0.1:${address.port}/hooks`

  client = await SandboxClient.start()
  await client.control('POST', '/settings', { image_processing_ms: 0, video_processing_ms: 1000 })
  account = await client.connectedInstagram('Overheard')
  for (const [object, fields] of [
    ['page', 'feed'],
    ['instagram', 'comments'],
  ] as const)
    expect((await subscribe({ object, fields })).status).toBe(200)
  expect((await toPage({ subscribed_fields: 'feed' })).status).toBe(200)
})
beforeEach(async () => {
  await client.control('POST', '/settings', { webhook_copies: 1, webhooks_out_of_order: false })
  heard = []
  answers = []
})
afterAll(async () => {
  await client.sandbox.stop()
  app.close()
})

const json = async (answer: Response | Promise<Response>) => (await answer).json()
function subscribe(fields: Record<string, string>) {
  const token = `${META_SANDBOX_APP.id}|${META_SANDBOX_APP.secret}`
  const whole = { callback_url: callback, verify_token: 'ours', ...fields }
  return client.post(`/v26.0/${META_SANDBOX_APP.id}/subscriptions`, token, whole)
}
const toPage = (fields: Record<string, string>) =>
  client.post(`/v26.0/${account.pageId}/subscribed_apps`, account.token, fields)
const publish = (message: string) => client.post(`/v26.0/${account.pageId}/feed`, account.token, { message })
const hearing = (count: number) => until(async () => heard.length >= count && heard)
const changeIn = ({ raw }: Heard) => JSON.parse(raw).entry[0].changes[0].value

describe('subscribing', () => {
  test('asks the callback first, and takes only what comes back as it was sent', async () => {
    const page = { object: 'page', fields: 'feed' }
    expect(await refusalOf(await subscribe({ ...page, verify_token: 'theirs' }))).toBe('400 2200')
    expect(await refusalOf(await subscribe({ ...page, callback_url: 'https://example.com/' }))).toBe(
      '400 2200',
    )
    expect(await refusalOf(await subscribe({ ...page, fields: 'gossip' }))).toBe('400 100')
    expect(
      await refusalOf(await client.post(`/v26.0/${META_SANDBOX_APP.id}/subscriptions`, account.token, page)),
    ).toBe('400 15')
    expect(await refusalOf(await toPage({ subscribed_fields: 'gossip' }))).toBe('400 100')
    const apps = await json(client.get(`/v26.0/${account.pageId}/subscribed_apps`, account.token))
    expect(apps.data).toEqual([{ id: META_SANDBOX_APP.id, name: 'Copydesk', subscribed_fields: ['feed'] }])
  })
})

describe('an event', () => {
  test('is signed over its raw bytes, which are ASCII', async () => {
    const { id } = await json(publish('Où est le pain / where?'))
    const [event] = await hearing(1)
    if (!event) throw new Error('Nothing was heard.')
    const expected = createHmac('sha256', META_SANDBOX_APP.secret).update(event.raw).digest('hex')
    expect(event.signature).toBe(`sha256=${expected}`)
    expect(event.raw).toContain('O\\u00f9 est le pain \\/')
    expect(JSON.parse(event.raw)).toMatchObject({ object: 'page', entry: [{ id: account.pageId }] })
    expect(changeIn(event)).toMatchObject({ item: 'status', verb: 'add', post_id: id, published: 1 })
  })

  test('comes again until it is taken, and as a copy where it is set so', async () => {
    answers = [500, 503]
    await publish('Hear me')
    const tries = await hearing(3)
    expect(new Set(tries.map(({ raw }) => raw)).size).toBe(1)
    heard = []
    await client.control('POST', '/settings', { webhook_copies: 2 })
    await publish('Twice heard')
    const [first, second] = await hearing(2)
    expect(first?.raw).toBe(second?.raw)
  })

  test('may be overtaken by the next one', async () => {
    await client.control('POST', '/settings', { webhooks_out_of_order: true })
    await publish('First')
    await publish('Second')
    expect((await hearing(2)).map(changeIn).map(({ message }) => message)).toEqual(['Second', 'First'])
  })

  test('tells of a film when it is out, not when it is sent', async () => {
    const film = await serveBytes(makeMp4({ durationMs: 1000, width: 90, height: 90 }), 200, 'video/mp4')
    const { id } = await json(
      client.post(`/v26.0/${account.pageId}/videos`, account.token, { file_url: film.url }),
    )
    expect(heard).toEqual([])
    const [event] = await hearing(1)
    expect(event && changeIn(event)).toMatchObject({ item: 'video', video_id: id })
    film.close()
  })

  test('tells of what visitors write below a post and below a media', async () => {
    const post = await json(publish('Ask us'))
    await hearing(1)
    await client.control('POST', '/comments', { object_id: post.id, author: 'Vera', message: 'When?' })
    const [, comment] = await hearing(2)
    expect(comment && changeIn(comment)).toMatchObject({
      item: 'comment',
      post_id: post.id,
      message: 'When?',
    })

    const jpeg = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#224433' } })
      .jpeg()
      .toBuffer()
    const picture = await serveBytes(new Uint8Array(jpeg))
    const made = await json(
      client.post(`/v26.0/${account.instagramId}/media`, account.token, { image_url: picture.url }),
    )
    picture.close()
    const media = await json(
      client.post(`/v26.0/${account.instagramId}/media_publish`, account.token, { creation_id: made.id }),
    )
    // Instagram never tells of a media that was published.
    expect(heard).toHaveLength(2)
    await client.control('POST', '/comments', { object_id: media.id, author: 'vera', message: 'Lovely' })
    const [, , below] = await hearing(3)
    expect(below && JSON.parse(below.raw)).toMatchObject({
      object: 'instagram',
      entry: [{ id: account.instagramId }],
    })
    expect(below && changeIn(below)).toMatchObject({
      text: 'Lovely',
      media: { id: media.id, media_product_type: 'FEED' },
    })
  })
})

describe('a person who removes the app', () => {
  test('is told of in a signed request, and the tokens are dead', async () => {
    const who = await client.connectedInstagram('Leaving')
    await client.control('POST', '/settings', {
      deauthorize_url: `${callback}/gone`,
      data_deletion_url: `${callback}/delete`,
    })
    const answer = await client.control('POST', '/people/remove-app', {
      person_id: who.personId,
      delete_data: true,
    })
    expect(answer).toMatchObject({ deauthorized: { status: 200 }, deletion: { status: 200 } })
    expect(heard.map(({ path }) => path)).toEqual(['/hooks/gone', '/hooks/delete'])
    const [signature, payload = ''] = (new URLSearchParams(heard[0]?.raw).get('signed_request') ?? '').split(
      '.',
    )
    expect(signature).toBe(createHmac('sha256', META_SANDBOX_APP.secret).update(payload).digest('base64url'))
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      algorithm: 'HMAC-SHA256',
      user_id: who.personId,
    })
    expect(await refusalOf(await client.get(`/v26.0/${who.pageId}`, who.token))).toBe('400 190/458')
  })
})
