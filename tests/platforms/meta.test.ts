import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authorizeUrl } from '#lib/platforms/authorize.ts'
import type { ConnectedAccount, Memo, Post, PublishWork, StepOutcome } from '#lib/platforms/contract.ts'
import { createPlatformHttp, type HttpEvent } from '#lib/platforms/http.ts'
import { createConnectors } from '#lib/platforms/registry.ts'
import { META_SANDBOX_APP, type RunningSandbox, startSandbox } from '#local/sandboxes/server.ts'
import { type Sandbox, sandboxAt } from './sandbox.ts'

const REDIRECT = 'http://127.0.0.1:3000/api/oauth/meta'
const clock = { now: () => new Date() }

let server: RunningSandbox
let sandbox: Sandbox
let calls: HttpEvent[]
let connector: ReturnType<ReturnType<typeof createConnectors>>

beforeAll(async () => {
  server = await startSandbox({ port: 0 })
  sandbox = sandboxAt(server.url)
  await sandbox.setting({ require_appsecret_proof: true })
  calls = []
  const http = createPlatformHttp({ gateway: server.url, observe: (call) => calls.push(call) })
  connector = createConnectors({ apps: { meta: META_SANDBOX_APP }, http, clock })('meta')
})
afterAll(() => server.stop())

let people = 0
async function someone(pages: readonly string[], tasks?: readonly string[]) {
  return sandbox.newPerson(`Ines ${++people}`, pages, tasks)
}

function dialog(state = 'state-1') {
  return authorizeUrl('meta', { appId: META_SANDBOX_APP.id, state, redirectUri: REDIRECT })
}

async function connect(pages: readonly string[] = [`Oat & Ember ${people}`]): Promise<ConnectedAccount[]> {
  const person = await someone(pages)
  const pageIds = person.pages.map(({ id }) => id)
  const { code } = await sandbox.consent(dialog(), { personId: person.personId, pageIds })
  const outcome = await connector.exchange({ code, redirectUri: REDIRECT })
  if (outcome.kind !== 'connected') throw new Error(outcome.code)
  return [...outcome.accounts]
}

async function connectOne(): Promise<ConnectedAccount> {
  const [account] = await connect()
  if (!account) throw new Error('no Page was connected')
  return account
}

function textPost(account: ConnectedAccount, body: string): Post {
  return {
    network: 'facebook',
    format: 'text',
    accountId: account.platformAccountId,
    body,
    link: null,
    media: [],
  }
}

async function photoPost(account: ConnectedAccount, body: string) {
  const jpeg = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#c98335' } })
    .jpeg()
    .toBuffer()
  const bytes = new Uint8Array(jpeg)
  const hash = createHash('sha256').update(bytes).digest('hex')
  const picture = {
    assetId: 'a',
    kind: 'image' as const,
    path: 'a',
    mimeType: 'image/jpeg',
    sizeBytes: bytes.length,
    durationMs: null,
    width: 1200,
    height: 900,
    altText: 'A croissant',
    hash,
  }
  const post: Post = { ...textPost(account, body), format: 'image', media: [picture] }
  return { post, bytes, hash }
}

/** One step; `bytes` is what the store holds. */
async function step(
  account: ConnectedAccount,
  post: Post,
  from: { step: string | null; memo: Memo } = { step: null, memo: {} },
  bytes?: Uint8Array<ArrayBuffer>,
): Promise<StepOutcome> {
  const work: PublishWork = {
    post,
    ...from,
    token: account.accessToken,
    photo: async () => ({ bytes: bytes ?? new Uint8Array(), mimeType: 'image/jpeg' }),
    video: async () => ({ sizeBytes: 0, read: async () => new Uint8Array() }),
    publicUrl: async () => '',
  }
  const prepared = await connector.prepare(work)
  return prepared.kind === 'ready' ? prepared.step.send(1_000) : prepared.outcome
}

function look(
  account: ConnectedAccount,
  post: Post,
  since: Date,
  from: { step: string | null; memo: Memo } = { step: 'publish', memo: {} },
) {
  return connector.findPublished({ post, ...from, token: account.accessToken, since })
}

describe('connecting', () => {
  test('brings every Page that was ticked, with a token of its own, across the pages of a long list', async () => {
    const names = Array.from({ length: 130 }, (_, place) => `Shop ${people}-${place}`)
    const accounts = await connect(names)
    expect(accounts.map(({ accountName }) => accountName).sort()).toEqual(names.sort())
    expect(new Set(accounts.map(({ accessToken }) => accessToken)).size).toBe(130)
    expect(accounts[0]).toMatchObject({ network: 'facebook', tokenExpiresAt: null })
  })

  test('leaves out the Pages that were not ticked', async () => {
    const person = await someone(['Kept', 'Left out'])
    const pageIds = person.pages.filter(({ name }) => name === 'Kept').map(({ id }) => id)
    const { code } = await sandbox.consent(dialog(), { personId: person.personId, pageIds })
    const outcome = await connector.exchange({ code, redirectUri: REDIRECT })
    expect(outcome).toMatchObject({ kind: 'connected', accounts: [{ accountName: 'Kept' }] })
  })

  test('names the rights that were declined', async () => {
    const person = await someone(['Oat & Ember'])
    const { code } = await sandbox.consent(dialog(), {
      personId: person.personId,
      pageIds: person.pages.map(({ id }) => id),
      declined: ['pages_manage_posts'],
    })
    expect(await connector.exchange({ code, redirectUri: REDIRECT })).toEqual({
      kind: 'failed',
      code: 'oauth_scope_missing',
      facts: { missing: ['pages_manage_posts'] },
    })
  })

  test('says that there are no Pages', async () => {
    const person = await someone(['Not ticked'])
    const { code } = await sandbox.consent(dialog(), { personId: person.personId, pageIds: [] })
    expect(await connector.exchange({ code, redirectUri: REDIRECT })).toMatchObject({
      code: 'oauth_no_accounts',
    })
  })

  test('names the Pages on which this person may not post', async () => {
    const person = await someone(['Marrow Lane'], ['ANALYZE'])
    const pageIds = person.pages.map(({ id }) => id)
    const { code } = await sandbox.consent(dialog(), { personId: person.personId, pageIds })
    expect(await connector.exchange({ code, redirectUri: REDIRECT })).toMatchObject({
      code: 'oauth_no_right_to_post',
      facts: { pages: ['Marrow Lane'] },
    })
  })

  test('refuses a code that was used, and an invented one', async () => {
    const person = await someone(['Oat & Ember'])
    const pageIds = person.pages.map(({ id }) => id)
    const { code } = await sandbox.consent(dialog(), { personId: person.personId, pageIds })
    await connector.exchange({ code, redirectUri: REDIRECT })
    for (const dead of [code, 'invented']) {
      expect(await connector.exchange({ code: dead, redirectUri: REDIRECT })).toMatchObject({
        kind: 'failed',
        code: 'oauth_code_expired',
      })
    }
  })

  test('brings back the state, and the refusal of a person who cancels', async () => {
    const person = await someone(['Oat & Ember'])
    const back = await sandbox.consent(dialog('state-7'), {
      personId: person.personId,
      pageIds: [],
      decision: 'cancel',
    })
    expect(back).toMatchObject({ state: 'state-7', error: 'access_denied', code: '' })
  })

  test('says that the platform did not answer', async () => {
    await sandbox.arm({ kind: 'server_error', accept: 'before', match: { path: '*/oauth/access_token' } })
    expect(await connector.exchange({ code: 'any', redirectUri: REDIRECT })).toMatchObject({
      code: 'oauth_unreachable',
    })
  })
})

describe('publishing', () => {
  test('sends a text with its link in one call, and knows where it stands', async () => {
    const account = await connectOne()
    const post = { ...textPost(account, 'Autumn hours'), link: 'https://oatandember.example/autumn' }
    const outcome = await step(account, post)
    const [out] = await sandbox.postsOn(account.platformAccountId)
    expect(outcome).toEqual({
      kind: 'published',
      platformPostId: out?.id,
      permalink: out?.permalink_url,
    })
    expect(await sandbox.mutationsOf(account.platformAccountId)).toHaveLength(1)
  })

  test('stages a picture out of sight, then publishes that one', async () => {
    const account = await connectOne()
    const { post, bytes, hash } = await photoPost(account, 'One tray, one take')
    const staged = await step(account, post, undefined, bytes)
    expect(staged).toMatchObject({ kind: 'continue', step: 'publish' })
    expect(await sandbox.postsOn(account.platformAccountId)).toEqual([])

    if (staged.kind !== 'continue') throw new Error(staged.kind)
    expect(await step(account, post, staged)).toMatchObject({ kind: 'published' })
    expect(await sandbox.postsOn(account.platformAccountId)).toMatchObject([
      { message: 'One tray, one take', photos: [{ sha256: hash, alt: 'A croissant' }] },
    ])
  })

  test('stages several pictures one a step, then publishes them in their order', async () => {
    const account = await connectOne()
    const { post, bytes, hash } = await photoPost(account, 'Three trays')
    const three: Post = { ...post, format: 'carousel', media: [1, 2, 3].flatMap(() => post.media) }
    let from: { step: string | null; memo: Memo } = { step: null, memo: {} }
    for (const next of ['stage_photo', 'stage_photo', 'publish']) {
      const staged = await step(account, three, from, bytes)
      if (staged.kind !== 'continue') throw new Error(staged.kind)
      expect(staged.step).toBe(next)
      from = staged
    }
    expect(await sandbox.postsOn(account.platformAccountId)).toEqual([])
    expect(await step(account, three, from)).toMatchObject({ kind: 'published' })
    const [out] = await sandbox.postsOn(account.platformAccountId)
    expect(out?.photos.map(({ sha256 }) => sha256)).toEqual([hash, hash, hash])
    // Found again by the very photos, whatever became of the text.
    const seen = await look(account, { ...three, body: 'Other words' }, new Date(), {
      ...from,
      step: 'publish',
    })
    expect(seen.kind === 'read' ? seen.candidates : []).toHaveLength(1)
  })

  test('stages a picture again that was staged too long ago', async () => {
    const account = await connectOne()
    const { post, bytes } = await photoPost(account, 'A day later')
    const yesterday = new Date(Date.now() - 25 * 3_600_000).toISOString()
    const old = { step: 'publish', memo: { photo_ids: '1', staged_at: yesterday } }
    expect(await step(account, post, old, bytes)).toMatchObject({ kind: 'continue', step: 'publish' })
  })

  test('refuses before sending what the network would not take', async () => {
    const account = await connectOne()
    const outcome = await step(account, textPost(account, 'a'.repeat(63_207)))
    expect(outcome).toMatchObject({ kind: 'refused', class: 'invalid', code: 'facebook_message_too_long' })
    expect(await sandbox.mutationsOf(account.platformAccountId)).toEqual([])
  })

  test.each([
    ['expired', 'auth', 'meta_token_expired'],
    ['password_changed', 'auth', 'meta_password_changed'],
    ['app_removed', 'auth', 'meta_app_removed'],
    ['role_lost', 'auth', 'meta_page_role_lost'],
  ])('a token that ended (%s) is refused as %s', async (reason, errorClass, code) => {
    const account = await connectOne()
    await sandbox.endTokens({ page_id: account.platformAccountId, reason })
    const outcome = await step(account, textPost(account, 'Never out'))
    expect(outcome).toMatchObject({ kind: 'refused', class: errorClass, code })
  })

  test('no token and no app secret stands in an address, an outcome or an observed call', async () => {
    const account = await connectOne()
    await sandbox.arm({
      kind: 'error',
      status: 400,
      code: 190,
      message: `Malformed access token ${account.accessToken}`,
      match: { path: '*/feed', account_id: account.platformAccountId },
    })
    const refused = await step(account, textPost(account, 'Said too much'))
    await step(account, textPost(account, 'Then well'))
    const told = JSON.stringify([refused, calls])
    expect(refused).toMatchObject({ kind: 'refused' })
    expect(told).not.toContain(account.accessToken)
    expect(told).not.toContain(META_SANDBOX_APP.secret)
  })
})

describe('looking for a lost post', () => {
  test('finds the text that was sent, not the newest nor an older equal one', async () => {
    const account = await connectOne()
    const since = new Date()
    await step(account, textPost(account, 'Six sourdoughs'))
    await step(account, textPost(account, 'Somebody else’s'))
    const [mine] = (await sandbox.postsOn(account.platformAccountId)).filter(
      ({ message }) => message === 'Six sourdoughs',
    )
    const seen = await look(account, textPost(account, 'Six sourdoughs'), since)
    expect(seen).toMatchObject({
      kind: 'read',
      candidates: [{ platformPostId: mine?.id, permalink: mine?.permalink_url }],
    })
    const later = await look(account, textPost(account, 'Six sourdoughs'), new Date(Date.now() + 600_000))
    expect(later).toEqual({ kind: 'read', candidates: [] })
  })

  test('tells two equal texts apart by the picture that was staged', async () => {
    const account = await connectOne()
    const since = new Date()
    const one = await photoPost(account, 'The same words')
    const first = await step(account, one.post, undefined, one.bytes)
    const second = await step(account, one.post, undefined, one.bytes)
    if (first.kind !== 'continue' || second.kind !== 'continue') throw new Error('both are staged')
    await step(account, one.post, first)
    expect(await look(account, one.post, since, second)).toEqual({ kind: 'read', candidates: [] })
    await step(account, one.post, second)
    const seen = await look(account, one.post, since, second)
    expect(seen.kind === 'read' ? seen.candidates : []).toHaveLength(1)
  })

  test('reads past the links that anyone shared on the Page', async () => {
    const account = await connectOne()
    const since = new Date()
    await step(account, { ...textPost(account, 'A link'), link: 'https://oatandember.example' })
    await step(account, textPost(account, 'Six sourdoughs'))
    const seen = await look(account, textPost(account, 'Six sourdoughs'), since)
    expect(seen.kind === 'read' ? seen.candidates : []).toHaveLength(1)
  })

  test('reads a list that is longer than one page', async () => {
    const account = await connectOne()
    const since = new Date()
    for (let n = 0; n < 60; n++) await step(account, textPost(account, `Number ${n}`))
    const seen = await look(account, textPost(account, 'Number 0'), since)
    expect(seen.kind === 'read' ? seen.candidates : []).toHaveLength(1)
  })

  test('says that it could not look, and why', async () => {
    const account = await connectOne()
    await sandbox.arm({ kind: 'token', subcode: 463, match: { path: '*/published_posts' } })
    expect(await look(account, textPost(account, 'Any'), new Date())).toMatchObject({
      kind: 'unreadable',
      error: { class: 'auth', code: 'meta_token_expired' },
    })
  })
})
