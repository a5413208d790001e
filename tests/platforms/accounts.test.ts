import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { authorizeUrl } from '#lib/platforms/authorize.ts'
import type { ConnectedAccount, MetricsWork, PostFormat } from '#lib/platforms/contract.ts'
import { META_SANDBOX_APP } from '#local/sandboxes/server.ts'
import { type Desk, openDesk, usernameOf } from './desk.ts'

const REDIRECT = 'http://127.0.0.1:3000/api/oauth/meta'
const DAY_MS = 86_400_000

let desk: Desk
let name = 0

beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())
afterEach(async () => {
  await desk.sandbox.disarm()
  await desk.sandbox.clock(null)
})

async function consent(declined: readonly string[]) {
  const pages = [`Marrow Lane ${++name}`]
  const person = await desk.sandbox.newPerson(`Ines ${name}`, pages, undefined, usernameOf)
  const dialog = authorizeUrl('meta', { appId: META_SANDBOX_APP.id, state: 's', redirectUri: REDIRECT })
  const pageIds = person.pages.map(({ id }) => id)
  const { code } = await desk.sandbox.consent(dialog, { personId: person.personId, pageIds, declined })
  return desk.connector.exchange({ code, redirectUri: REDIRECT })
}

describe('connecting', () => {
  test('brings the Instagram account of a Page, which posts with the token of that Page', async () => {
    const { page, instagram } = await desk.connect(`Salt Yard ${++name}`)
    expect(instagram).toMatchObject({
      network: 'instagram',
      accountName: usernameOf(`Salt Yard ${name}`),
      accessToken: page.accessToken,
      tokenExpiresAt: null,
    })
    expect(instagram.platformAccountId).not.toBe(page.platformAccountId)
  })

  test('brings the Pages alone where Instagram was declined, and says so', async () => {
    const outcome = await consent(['instagram_content_publish'])
    expect(outcome).toMatchObject({
      kind: 'connected',
      accounts: [{ network: 'facebook' }],
      skipped: [{ name: 'Instagram', reason: 'instagram_declined' }],
    })
  })

  test('needs no right to read numbers', async () => {
    const outcome = await consent(['read_insights', 'instagram_manage_insights'])
    expect(outcome).toMatchObject({ kind: 'connected', skipped: [] })
    expect(outcome.kind === 'connected' ? outcome.accounts : []).toHaveLength(2)
  })
})

describe('numbers', () => {
  async function read(account: ConnectedAccount, posts: MetricsWork['posts'] = []) {
    const tomorrow = new Date(Date.now() + 2 * DAY_MS)
    await desk.sandbox.clock(tomorrow.toISOString())
    const day = (back: number) => new Date(tomorrow.getTime() - back * DAY_MS).toISOString().slice(0, 10)
    const { network, platformAccountId: accountId, accessToken: token } = account
    const work = { network, accountId, token, since: day(3), until: day(1), posts }
    return { outcome: await desk.connector.readMetrics(work), until: day(1) }
  }
  async function publish(account: ConnectedAccount, format: PostFormat) {
    const media = format === 'reel' ? desk.film() : await desk.picture()
    const { outcome } = await desk.run(account, desk.post(account, format, `Number ${name}`, [media]))
    if (outcome.kind !== 'published') throw new Error(outcome.kind)
    return { platformPostId: outcome.platformPostId, format }
  }

  test('of a Page and its post are read under our names, a day at a time', async () => {
    const { page } = await desk.connect(`Tarn ${++name}`)
    const post = await publish(page, 'image')
    const { outcome, until } = await read(page, [post])
    if (outcome.kind !== 'read') throw new Error(outcome.error.message)
    const days = outcome.rows.filter(({ postId }) => postId === null)
    expect(days.length).toBeGreaterThanOrEqual(2)
    expect(new Set(days.map(({ date }) => date)).size).toBe(days.length)
    for (const { metrics } of days) {
      expect(Object.keys(metrics).sort()).toEqual(['engagement', 'followers', 'impressions', 'reach'])
    }
    const [ofPost] = outcome.rows.filter(({ postId }) => postId === post.platformPostId)
    expect(ofPost).toMatchObject({ date: until })
    const { likes = 0, comments = 0, shares = 0, clicks = 0, engagement } = ofPost?.metrics ?? {}
    expect(engagement).toBe(likes + comments + shares + clicks)
    expect(ofPost?.metrics.reach).toBeGreaterThan(0)
  })

  test('of an Instagram account and its media are read under our names', async () => {
    const { instagram } = await desk.connect(`Tarn ${++name}`)
    const posts = [await publish(instagram, 'image'), await publish(instagram, 'reel')]
    const { outcome, until } = await read(instagram, posts)
    if (outcome.kind !== 'read') throw new Error(outcome.error.message)
    const own = outcome.rows.filter(({ postId }) => postId === null)
    expect(own.at(-1)).toMatchObject({ date: until, metrics: { followers: expect.any(Number) } })
    for (const post of posts) {
      const row = outcome.rows.find(({ postId }) => postId === post.platformPostId)
      expect(Object.keys(row?.metrics ?? {}).sort()).toEqual([
        'comments',
        'engagement',
        'impressions',
        'likes',
        'reach',
        'saves',
        'shares',
      ])
    }
  })

  test('are read one by one where one name is refused', async () => {
    const { page } = await desk.connect(`Tarn ${++name}`)
    const match = { path: '*/insights', account_id: page.platformAccountId }
    await desk.sandbox.arm({ kind: 'error', code: 100, match, times: 2 })
    const { outcome } = await read(page)
    if (outcome.kind !== 'read') throw new Error(outcome.error.message)
    // All together, then the first alone, are refused; the others are there.
    expect(Object.keys(outcome.rows[0]?.metrics ?? {}).sort()).toEqual(['engagement', 'followers', 'reach'])
  })

  test('of a story that too few saw are missing, which is no missing right', async () => {
    const { instagram } = await desk.connect(`Tarn ${++name}`)
    const story = { platformPostId: '1', format: 'story' as const }
    const message = '(#10) Not enough viewers for the media to show insights'
    await desk.sandbox.arm({ kind: 'error', code: 10, message, match: { path: '*/1/insights' } })
    const { outcome } = await read(instagram, [story])
    expect(outcome).toMatchObject({ kind: 'read' })
    expect(outcome.kind === 'read' && outcome.rows.some(({ postId }) => postId === '1')).toBe(false)
  })

  test('say that the token ended', async () => {
    const { page } = await desk.connect(`Tarn ${++name}`)
    await desk.sandbox.arm({ kind: 'token', subcode: 460, match: { path: '*/insights' } })
    const { outcome } = await read(page)
    expect(outcome).toMatchObject({ kind: 'unreadable', error: { code: 'meta_password_changed' } })
  })
})

describe('a token', () => {
  const soon = new Date(Date.now() + DAY_MS)

  test('without a clock needs no new one', async () => {
    const { page } = await desk.connect(`Tarn ${++name}`)
    expect(await desk.connector.refresh(tokenOf(page, null))).toEqual({ kind: 'not_needed' })
  })

  test('with a clock is made anew from the long-lived token of whoever connected', async () => {
    const { page, instagram } = await desk.connect(`Tarn ${++name}`)
    for (const account of [page, instagram]) {
      const outcome = await desk.connector.refresh(tokenOf(account, soon))
      if (outcome.kind !== 'refreshed') throw new Error(outcome.kind)
      expect(outcome.expiresAt).toBeNull()
      const fresh = { ...account, accessToken: outcome.accessToken }
      const post = desk.post(account, 'image', `Fresh ${name}`, [await desk.picture()])
      expect((await desk.run(fresh, post)).outcome).toMatchObject({ kind: 'published' })
    }
  })

  test('of somebody who removed the app is not to be had any more', async () => {
    const { page } = await desk.connect(`Tarn ${++name}`)
    await desk.sandbox.endTokens({ person_id: page.platformUserId, reason: 'app_removed' })
    expect(await desk.connector.refresh(tokenOf(page, soon))).toMatchObject({
      kind: 'failed',
      error: { class: 'auth' },
    })
  })

  function tokenOf(account: ConnectedAccount, expiresAt: Date | null) {
    const { network, platformAccountId: accountId, accessToken, refreshToken } = account
    return { network, accountId, accessToken, refreshToken, expiresAt }
  }
})

describe('a permalink', () => {
  test('of Instagram comes late, and is read later', async () => {
    const { instagram } = await desk.connect(`Tarn ${++name}`)
    await desk.sandbox.arm({ kind: 'permalink_lag', ms: 60_000 })
    const post = desk.post(instagram, 'image', `Late ${name}`, [await desk.picture()])
    const { outcome } = await desk.run(instagram, post)
    await desk.sandbox.disarm()
    if (outcome.kind !== 'published') throw new Error(outcome.kind)
    expect(outcome.permalink).toBeNull()
    const { platformPostId: postId } = outcome
    const read = desk.connector.readPermalink({ network: 'instagram', postId, token: instagram.accessToken })
    expect(await read).toMatch(/^https:\/\/www\.instagram\.com\/p\//)
  })
})
