import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectedAccount } from '#lib/platforms/contract.ts'
import { type Desk, openDesk, START } from './desk.ts'

let desk: Desk
let account: ConnectedAccount
let name = 0

beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())
afterEach(async () => {
  await desk.sandbox.disarm()
  desk.clock.ahead = 0
})

async function connect() {
  account = (await desk.connect(`Salt Yard ${++name}`)).instagram
}
const out = () => desk.sandbox.publishedBy(account.platformAccountId)

describe('a post on Instagram', () => {
  test('is a picture with its caption and alt text, in two calls', async () => {
    await connect()
    const picture = await desk.picture({ width: 1080, height: 1350 }, 'A loaf on a board')
    const post = desk.post(account, 'image', 'Salt, butter, bread. #salt @oatandember', [picture])
    const { outcome } = await desk.run(account, post)
    const [media] = await out()
    expect(outcome).toEqual({
      kind: 'published',
      platformPostId: media?.id,
      permalink: media?.permalink_url,
    })
    expect(media).toMatchObject({
      type: 'image',
      message: 'Salt, butter, bread. #salt @oatandember',
      items: [{ sha256: picture.media.hash, alt: 'A loaf on a board' }],
    })
    expect(await desk.sandbox.mutationsOf(account.platformAccountId)).toHaveLength(2)
  })

  test('is a carousel of pictures and videos in their order', async () => {
    await connect()
    const media = [await desk.picture(), desk.film({ width: 1080, height: 1080 }), await desk.picture()]
    const { outcome } = await desk.run(account, desk.post(account, 'carousel', 'Three trays', media))
    expect(outcome).toMatchObject({ kind: 'published' })
    const [carousel] = await out()
    expect(carousel).toMatchObject({ type: 'carousel', message: 'Three trays' })
    expect(carousel?.items.map(({ sha256 }) => sha256)).toEqual(media.map((one) => one.media.hash))
  })

  test('is a reel whose upload goes on where it broke off', async () => {
    await connect()
    const film = desk.film({ sizeBytes: 18 * 1024 * 1024 })
    const post = desk.post(account, 'reel', 'Sixty seconds of dough', [film])
    await desk.sandbox.arm({ kind: 'cut', bytes: 3_000_000, match: { host: 'rupload.facebook.com' } })
    const { outcome } = await desk.run(account, post)
    expect(outcome).toMatchObject({ kind: 'published' })
    expect(await out()).toMatchObject([{ type: 'reel', items: [{ sha256: film.media.hash }] }])
  })

  test.each(['picture', 'film'] as const)('is a story of one %s', async (kind) => {
    await connect()
    const medium = await desk[kind]()
    const { outcome } = await desk.run(account, desk.post(account, 'story', '', [medium]))
    expect(outcome).toMatchObject({ kind: 'published' })
    expect(await out()).toMatchObject([{ type: 'story', items: [{ sha256: medium.media.hash }] }])
  })

  test('waits, and sends nothing, while they process it', async () => {
    await connect()
    await desk.sandbox.arm({ kind: 'slow_processing', ms: 400, match: { path: '*/media' } })
    const post = desk.post(account, 'image', 'Slow bread', [await desk.picture()])
    const { outcome, steps } = await desk.run(account, post)
    expect(outcome).toMatchObject({ kind: 'published' })
    expect(steps).toContain('wait publish')
    expect(await desk.sandbox.mutationsOf(account.platformAccountId)).toHaveLength(2)
  })
})

describe('a container', () => {
  test('that is not ready yet is published later, and nothing counts as sent', async () => {
    await connect()
    const post = desk.post(account, 'image', 'Not yet', [await desk.picture()])
    const early = { kind: 'error', code: 9007, subcode: 2207027, match: { path: '*/media_publish' } }
    await desk.sandbox.arm(early)
    const first = await desk.run(account, post)
    expect(first.outcome).toMatchObject({ kind: 'unsent', code: 'instagram_not_ready' })
    expect((await desk.run(account, post, first.at)).outcome).toMatchObject({ kind: 'published' })
    expect(await out()).toHaveLength(1)
  })

  test('that failed for good is refused with their reason', async () => {
    await connect()
    const post = desk.post(account, 'reel', 'Broken film', [desk.film()])
    await desk.sandbox.arm({
      kind: 'failed_processing',
      subcode: 2207026,
      match: { host: 'rupload.facebook.com' },
    })
    expect((await desk.run(account, post)).outcome).toMatchObject({
      kind: 'refused',
      class: 'invalid',
      code: 'meta_video_refused',
      message: expect.stringContaining('2207026'),
    })
  })

  test('that failed in passing is made anew twice, then given up', async () => {
    await connect()
    const post = desk.post(account, 'reel', 'Unlucky film', [desk.film()])
    const failing = { kind: 'failed_processing', subcode: 2207053, match: { host: 'rupload.facebook.com' } }
    await desk.sandbox.arm({ ...failing, times: 2 })
    const lucky = await desk.run(account, post)
    expect(lucky.outcome).toMatchObject({ kind: 'published' })
    await desk.sandbox.arm({ ...failing, times: 3 })
    const unlucky = await desk.run(account, desk.post(account, 'reel', 'Again', [desk.film()]))
    expect(unlucky.outcome).toMatchObject({ kind: 'refused', code: 'instagram_processing_failed' })
    expect(await out()).toHaveLength(1)
  })

  test('that expired is made anew', async () => {
    await connect()
    const post = desk.post(account, 'image', 'A day late', [await desk.picture()])
    const made = await desk.step(account, post, START)
    if (made.kind !== 'continue') throw new Error(made.kind)
    await desk.sandbox.clock(new Date(Date.now() + 25 * 3_600_000).toISOString())
    const { outcome } = await desk.run(account, post, made)
    await desk.sandbox.clock(null)
    expect(outcome).toMatchObject({ kind: 'published' })
  })

  test('that is unknown for a moment is asked again', async () => {
    await connect()
    const post = desk.post(account, 'image', 'Where is it', [await desk.picture()])
    await desk.sandbox.arm({
      kind: 'error',
      code: 100,
      subcode: 33,
      times: 2,
      match: { method: 'GET', node: 'container' },
    })
    const { outcome, steps } = await desk.run(account, post)
    expect(outcome).toMatchObject({ kind: 'published' })
    expect(steps.filter((step) => step === 'wait publish')).toHaveLength(2)
  })

  test('that is unknown for a moment while its film goes up is asked again', async () => {
    await connect()
    const post = desk.post(account, 'reel', 'Where is that', [desk.film()])
    const made = await desk.step(account, post, START)
    if (made.kind !== 'continue') throw new Error(made.kind)
    await desk.sandbox.arm({
      kind: 'error',
      code: 100,
      subcode: 33,
      times: 2,
      match: { method: 'GET', node: 'container' },
    })
    // As after the death of its worker, who knew how far it was.
    const { offset: _offset, ...memo } = made.memo
    const { outcome, steps } = await desk.run(account, post, { step: made.step, memo })
    expect(outcome).toMatchObject({ kind: 'published' })
    expect(steps.filter((step) => step === 'wait upload')).toHaveLength(2)
  })

  test('is read by its words where the status code is missing', async () => {
    await connect()
    const post = desk.post(account, 'image', 'No code', [await desk.picture()])
    await desk.sandbox.arm({
      kind: 'without_field',
      field: 'status_code',
      match: { method: 'GET', node: 'container' },
    })
    expect((await desk.run(account, post)).outcome).toMatchObject({ kind: 'published' })
  })
})

describe('a publish whose answer was lost', () => {
  async function lose(fault: Record<string, unknown>) {
    await connect()
    const post = desk.post(account, 'image', 'Ask @oatandember', [await desk.picture()])
    await desk.sandbox.arm({ ...fault, match: { path: '*/media_publish' } })
    const { outcome, at } = await desk.run(account, post)
    return { post, outcome, at: { ...at, step: 'publish' } }
  }

  test.each([
    ['the line broke', { kind: 'drop', accept: 'after' }],
    ['they answered 500', { kind: 'server_error', accept: 'after' }],
    ['they took it for spam', { kind: 'error', accept: 'after', code: 4, subcode: 2207051 }],
    ['they called it invalid', { kind: 'error', accept: 'after', code: 100 }],
  ])('is found by its container, not as the newest: %s', async (_what, fault) => {
    const { post, outcome, at } = await lose(fault)
    expect(outcome).toMatchObject({ kind: 'unknown' })
    const [mine] = await out()
    await desk.run(account, desk.post(account, 'image', 'Somebody else’s', [await desk.picture()]))
    expect(await desk.look(account, post, at)).toMatchObject({
      kind: 'read',
      candidates: [{ platformPostId: mine?.id, permalink: mine?.permalink_url }],
    })
    // Whoever publishes that container again is told to look instead.
    expect(await desk.step(account, post, at)).toMatchObject({
      kind: 'unknown',
      code: 'instagram_published_already',
    })
    expect(await out()).toHaveLength(2)
  })

  test('is absent where their container is still to be published', async () => {
    const { post, outcome, at } = await lose({ kind: 'drop', accept: 'before' })
    expect(outcome).toMatchObject({ kind: 'unknown' })
    expect(await desk.look(account, post, at)).toEqual({ kind: 'read', candidates: [] })
    expect((await desk.run(account, post, at)).outcome).toMatchObject({ kind: 'published' })
    expect(await out()).toHaveLength(1)
  })

  test('stays open while it is out and not listed yet', async () => {
    const { post, at } = await lose({ kind: 'drop', accept: 'after' })
    await desk.sandbox.arm({ kind: 'list_lag', ms: 60_000 })
    expect(await desk.look(account, post, at)).toMatchObject({
      kind: 'unreadable',
      error: { class: 'transient', code: 'instagram_not_listed' },
    })
  })

  test('of a container that was only made has put nothing before anyone', async () => {
    await connect()
    const post = desk.post(account, 'image', 'Only made', [await desk.picture()])
    const seen = await desk.look(account, post, { step: 'create_container', memo: {} })
    expect(seen).toEqual({ kind: 'read', candidates: [] })
  })
})

test('the day’s count that they tell is obeyed', async () => {
  await connect()
  await desk.sandbox.setting({ instagram_quota_total: 1 })
  const first = await desk.run(account, desk.post(account, 'image', 'One', [await desk.picture()]))
  const second = await desk.run(account, desk.post(account, 'image', 'Two', [await desk.picture()]))
  await desk.sandbox.setting({ instagram_quota_total: 100 })
  expect(first.outcome).toMatchObject({ kind: 'published' })
  expect(second.outcome).toMatchObject({
    kind: 'refused',
    class: 'rate_limit',
    code: 'instagram_quota_reached',
    message: expect.stringContaining('it takes 1'),
  })
  expect(await out()).toHaveLength(1)
})
