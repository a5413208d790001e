import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectedAccount, PostFormat } from '#lib/platforms/contract.ts'
import { type Desk, openDesk, START } from './desk.ts'

let desk: Desk
let account: ConnectedAccount
let name = 0

beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())
afterEach(() => desk.sandbox.disarm())

async function connect() {
  account = (await desk.connect(`Tarn Cycles ${++name}`)).page
}
const out = () => desk.sandbox.publishedBy(account.platformAccountId)

const formats = [
  ['video', '*/videos', 'graph.facebook.com', '*/upload:*'],
  ['reel', '*/video_reels', 'rupload.facebook.com', '*'],
] as const satisfies readonly (readonly [PostFormat, string, string, string])[]

describe.each(formats)('a %s on a Page', (format, publishing, uploadHost, uploadPath) => {
  const uploading = { host: uploadHost, path: uploadPath, method: 'POST' }
  /** The reel’s edge begins an upload as well. */
  const skip = format === 'reel' ? 1 : 0

  test('goes out with its text, in parts, and is known by its post', async () => {
    await connect()
    const film = desk.film({ sizeBytes: 17 * 1024 * 1024 })
    const { outcome, steps } = await desk.run(account, desk.post(account, format, 'A wheel, trued', [film]))
    const [post] = await out()
    expect(post).toMatchObject({
      type: format,
      message: 'A wheel, trued',
      video: { sha256: film.media.hash },
    })
    expect(outcome).toMatchObject({
      kind: 'published',
      platformPostId: post?.id,
      permalink: post?.permalink_url,
    })
    expect(steps.filter((step) => step === 'upload').length).toBeGreaterThanOrEqual(3)
  })

  test('goes up without a question between its parts', async () => {
    await connect()
    const film = desk.film({ sizeBytes: 17 * 1024 * 1024 })
    const post = desk.post(account, format, 'Three parts', [film])
    await desk.sandbox.forgetCalls()
    let at = START
    while (at.step !== 'publish') {
      const outcome = await desk.step(account, post, at)
      if (outcome.kind !== 'continue') throw new Error(JSON.stringify(outcome))
      at = { step: outcome.step, memo: outcome.memo }
    }
    expect(await desk.sandbox.countReads()).toBe(0)
  })

  test('goes on where its upload broke off', async () => {
    await connect()
    const film = desk.film({ sizeBytes: 9 * 1024 * 1024 })
    const post = desk.post(account, format, 'Broken off', [film])
    await desk.sandbox.arm({ kind: 'cut', bytes: 2_000_000, match: uploading })
    expect((await desk.run(account, post)).outcome).toMatchObject({ kind: 'published' })
    expect(await out()).toMatchObject([{ video: { sha256: film.media.hash } }])
  })

  test('whose upload breaks off again at once waits before it goes on', async () => {
    await connect()
    const film = desk.film({ sizeBytes: 9 * 1024 * 1024 })
    const post = desk.post(account, format, 'Broken off twice', [film])
    await desk.sandbox.arm({ kind: 'cut', bytes: 2_000_000, times: 2, match: uploading })
    const broken = await desk.run(account, post)
    expect(broken.outcome).toMatchObject({ kind: 'refused', class: 'transient' })
    expect((await desk.run(account, post, broken.at)).outcome).toMatchObject({ kind: 'published' })
    expect(await out()).toMatchObject([{ video: { sha256: film.media.hash } }])
  })

  test('goes on after a worker that died with a part on its way', async () => {
    await connect()
    const film = desk.film({ sizeBytes: 17 * 1024 * 1024 })
    const post = desk.post(account, format, 'Whoever sent it is gone', [film])
    const first = await desk.step(account, post, START)
    const at = first.kind === 'continue' ? { step: first.step, memo: first.memo } : START
    // What it learned from this answer died with it.
    await desk.step(account, post, at)
    expect((await desk.run(account, post, at)).outcome).toMatchObject({ kind: 'published' })
    expect(await out()).toMatchObject([{ video: { sha256: film.media.hash } }])
  })

  test('whose last part was taken and not answered still goes out, once', async () => {
    await connect()
    const film = desk.film()
    const post = desk.post(account, format, 'Last part', [film])
    await desk.sandbox.arm({ kind: 'drop', accept: 'after', match: uploading })
    expect((await desk.run(account, post)).outcome).toMatchObject({ kind: 'published' })
    expect(await out()).toMatchObject([{ video: { sha256: film.media.hash } }])
  })

  test('is asked for while they process it, and sent once', async () => {
    await connect()
    await desk.sandbox.setting({ video_processing_ms: 300 })
    const { outcome, steps } = await desk.run(
      account,
      desk.post(account, format, 'Slow wheel', [desk.film()]),
    )
    await desk.sandbox.setting({ video_processing_ms: 0 })
    expect(outcome).toMatchObject({ kind: 'published' })
    expect(steps.filter((step) => step === 'wait await_video').length).toBeGreaterThan(1)
    expect(await out()).toHaveLength(1)
  })

  test('that they cannot process is refused with their reason', async () => {
    await connect()
    await desk.sandbox.arm({
      kind: 'failed_processing',
      message: 'The audio is no audio.',
      match: format === 'reel' ? uploading : { path: publishing },
    })
    const { outcome } = await desk.run(account, desk.post(account, format, 'Noise', [desk.film()]))
    expect(outcome).toMatchObject({
      kind: 'refused',
      class: 'invalid',
      code: 'meta_video_refused',
      message: expect.stringContaining('The audio is no audio.'),
    })
  })

  test.each([
    ['the line broke', { kind: 'drop', accept: 'after' }],
    ['they answered 500', { kind: 'server_error', accept: 'after' }],
  ])('is found where %s after it was taken', async (_what, fault) => {
    await connect()
    const post = desk.post(account, format, 'Lost and found', [desk.film()])
    await desk.sandbox.arm({ ...fault, skip, match: { method: 'POST', path: publishing } })
    const { outcome, at } = await desk.run(account, post)
    expect(outcome).toMatchObject({ kind: 'unknown' })
    await desk.run(account, desk.post(account, format, 'Somebody else’s', [desk.film()]))
    const [mine] = await out()
    const seen = await desk.look(account, post, { ...at, step: 'publish' })
    expect(seen).toMatchObject({ kind: 'read', candidates: [{ permalink: mine?.permalink_url }] })
    expect(seen.kind === 'read' ? seen.candidates : []).toHaveLength(1)
  })

  test('is absent where the line broke before it was taken', async () => {
    await connect()
    const post = desk.post(account, format, 'Never arrived', [desk.film()])
    await desk.sandbox.arm({
      kind: 'drop',
      accept: 'before',
      skip,
      match: { method: 'POST', path: publishing },
    })
    const { outcome, at } = await desk.run(account, post)
    expect(outcome).toMatchObject({ kind: 'unknown' })
    const seen = await desk.look(account, post, { ...at, step: 'publish' })
    expect(seen).toEqual({ kind: 'read', candidates: [] })
    expect((await desk.run(account, post, at)).outcome).toMatchObject({ kind: 'published' })
    expect(await out()).toHaveLength(1)
  })

  test('that is still being worked on is neither there nor absent', async () => {
    await connect()
    await desk.sandbox.setting({ video_processing_ms: 60_000 })
    const post = desk.post(account, format, 'Long work', [desk.film()])
    let at = START
    while (at.step !== 'await_video') {
      const outcome = await desk.step(account, post, at)
      if (outcome.kind !== 'continue' && outcome.kind !== 'wait') throw new Error(outcome.kind)
      at = outcome
    }
    const seen = await desk.look(account, post, at)
    await desk.sandbox.setting({ video_processing_ms: 0 })
    expect(seen).toMatchObject({ kind: 'unreadable', error: { code: 'publish_still_processing' } })
  })
})
