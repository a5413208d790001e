import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { META_SANDBOX_APP } from '#local/sandboxes/server.ts'
import { REDIRECT, refusalOf, SandboxClient, SCOPES } from './world.ts'

let client: SandboxClient
let personId: string
let pageIds: string[]

beforeAll(async () => {
  client = await SandboxClient.start()
})
afterAll(() => client.sandbox.stop())
beforeEach(async () => {
  await client.control('POST', '/reset', {})
  const { person, pages } = await client.addPages('Rosa Lindqvist', ['Lindqvist Books', 'Lindqvist Prints'])
  personId = person.id
  pageIds = pages.map(({ id }) => id)
})

const codeFor = async () => (await client.consent(personId, pageIds)).get('code') ?? ''
const json = async (answer: Response | Promise<Response>) => (await answer).json()

describe('the consent dialog', () => {
  test('shows who is signed in, a checkbox for each of their Pages and both ways out, without scripts', async () => {
    const answer = await client.www(client.dialogPath({ as: personId }))
    const page = await answer.text()
    expect(answer.status).toBe(200)
    expect(page).toContain('Sandbox')
    expect(page).toContain('You are signed in as <b>Rosa Lindqvist</b>')
    for (const text of ['Lindqvist Books', 'Lindqvist Prints', '>Continue<', '>Cancel<'])
      expect(page).toContain(text)
    expect(page).not.toContain('<script')
    // Chromium holds the redirect after a form against form-action, so the app's origin must be in it.
    expect(answer.headers.get('content-security-policy')).toContain(
      "form-action 'self' http://127.0.0.1:3000",
    )
  })

  test.each([
    ['an unknown app', { client_id: '1' }],
    ['no state', { state: '' }],
    ['an unknown permission', { scope: 'pages_show_list,read_minds' }],
    ['an address that is not registered', { redirect_uri: 'https://elsewhere.invalid/callback' }],
    ['a token in the address', { response_type: 'token' }],
  ])('%s gets a page and no redirect', async (_, extra) => {
    const answer = await client.www(client.dialogPath(extra))
    expect(answer.status).toBe(400)
    expect(answer.headers.get('location')).toBeNull()
  })

  test('an address registered in the settings is taken', async () => {
    await client.control('POST', '/settings', { redirect_uris: ['https://desk.invalid/callback'] })
    const answer = await client.www(client.dialogPath({ redirect_uri: 'https://desk.invalid/callback' }))
    expect(answer.status).toBe(200)
  })

  test('Cancel sends the reason back with the state', async () => {
    const back = await client.consent(personId, pageIds, { decision: 'cancel' })
    expect(Object.fromEntries(back)).toMatchObject({
      error: 'access_denied',
      error_reason: 'user_denied',
      state: 'state-1',
    })
    expect(back.get('code')).toBeNull()
  })
})

describe('the code', () => {
  test('becomes a short-lived token once, and then never again', async () => {
    const code = await codeFor()
    const first = await client.exchange({ code, redirect_uri: REDIRECT })
    expect(await json(first)).toMatchObject({ token_type: 'bearer', expires_in: 3600 })
    expect(await refusalOf(await client.exchange({ code, redirect_uri: REDIRECT }))).toBe('400 100/36009')
  })

  test('ends after ten minutes', async () => {
    const code = await codeFor()
    await client.control('POST', '/clock', { now: new Date(Date.now() + 601_000).toISOString() })
    expect(await refusalOf(await client.exchange({ code, redirect_uri: REDIRECT }))).toBe('400 100/36007')
  })

  test('wants the redirect address byte for byte, and is not spent by a wrong one', async () => {
    const code = await codeFor()
    expect(await refusalOf(await client.exchange({ code, redirect_uri: `${REDIRECT}/` }))).toBe(
      '400 100/36008',
    )
    expect((await client.exchange({ code, redirect_uri: REDIRECT })).status).toBe(200)
  })

  test('wants the right app and its secret', async () => {
    const code = await codeFor()
    expect(await refusalOf(await client.exchange({ code, redirect_uri: REDIRECT, client_id: '1' }))).toBe(
      '400 101',
    )
    expect(await refusalOf(await client.exchange({ code, redirect_uri: REDIRECT, client_secret: 'x' }))).toBe(
      '400 1',
    )
  })
})

describe('tokens', () => {
  test('a long-lived one lives sixty days, and exchanging it again adds none', async () => {
    const long = await client.longToken(personId, pageIds)
    const again = await client.exchange({ grant_type: 'fb_exchange_token', fb_exchange_token: long })
    const { expires_in } = await again.json()
    expect(expires_in).toBeGreaterThan(5_183_900)
    expect(expires_in).toBeLessThanOrEqual(5_184_000)
  })

  test('a Page token has no clock where the user token is long-lived, and debug_token says so', async () => {
    const user = await client.longToken(personId, pageIds)
    const listed = await json(client.get('/v25.0/me/accounts?fields=access_token', user))
    const query = new URLSearchParams({
      input_token: listed.data[0].access_token,
      access_token: `${META_SANDBOX_APP.id}|${META_SANDBOX_APP.secret}`,
    })
    const { data } = await json(client.graph(`/debug_token?${query}`))
    expect(data).toMatchObject({
      type: 'PAGE',
      is_valid: true,
      expires_at: 0,
      profile_id: pageIds[0],
      user_id: personId,
    })
    expect(data.granular_scopes).toContainEqual({ scope: 'pages_manage_posts', target_ids: pageIds })
  })

  test.each([
    ['expired', 463],
    ['password_changed', 460],
    ['invalid', 467],
    ['app_removed', 458],
  ])('once %s, it answers 190 with subcode %i until the person connects again', async (reason, subcode) => {
    const user = await client.longToken(personId, pageIds)
    await client.control('POST', '/tokens/end', { person_id: personId, reason })
    const refused = await client.get('/v25.0/me', user)
    expect(refused.headers.get('www-authenticate')).toContain('invalid_token')
    expect(await refusalOf(refused)).toBe(`400 190/${subcode}`)
    const again = await client.longToken(personId, pageIds)
    expect((await client.get('/v25.0/me', again)).status).toBe(200)
    expect(await refusalOf(await client.get('/v25.0/me', user))).toBe(`400 190/${subcode}`)
  })

  test('a short-lived one expires by the clock', async () => {
    const short = await json(client.exchange({ code: await codeFor(), redirect_uri: REDIRECT }))
    await client.control('POST', '/clock', { now: new Date(Date.now() + 3_601_000).toISOString() })
    expect(await refusalOf(await client.get('/v25.0/me', short.access_token))).toBe('400 190/463')
  })

  test('nonsense and nothing are told apart', async () => {
    expect(await refusalOf(await client.get('/v25.0/me', 'EAAnonsense'))).toBe('400 190')
    expect(await refusalOf(await client.graph('/v25.0/me'))).toBe('400 2500')
  })

  test('a proof of the secret is checked when sent, and demanded when the app is set so', async () => {
    const user = await client.longToken(personId, pageIds)
    const proof = createHmac('sha256', META_SANDBOX_APP.secret).update(user).digest('hex')
    expect((await client.get(`/v25.0/me?appsecret_proof=${proof}`, user)).status).toBe(200)
    expect(await refusalOf(await client.get('/v25.0/me?appsecret_proof=00', user))).toBe('400 100')
    await client.control('POST', '/settings', { require_appsecret_proof: true })
    expect(await refusalOf(await client.get('/v25.0/me', user))).toBe('400 100')
    expect((await client.get(`/v25.0/me?appsecret_proof=${proof}`, user)).status).toBe(200)
  })

  test('travel in the header, the query, a form or JSON alike', async () => {
    const user = await client.longToken(personId, pageIds)
    expect((await client.graph(`/v25.0/me?access_token=${user}`)).status).toBe(200)
    const remove = { method: 'DELETE', headers: { 'content-type': 'application/json' } }
    const body = JSON.stringify({ access_token: user })
    expect((await client.graph('/v25.0/me/permissions/read_insights', { ...remove, body })).status).toBe(200)
  })
})

describe('what was allowed', () => {
  test('only ticked Pages are listed, page by page, with whole next addresses', async () => {
    const user = await client.longToken(personId, pageIds)
    const first = await json(client.get('/v25.0/me/accounts?fields=id,name,tasks,picture&limit=1', user))
    expect(first.data).toHaveLength(1)
    expect(first.data[0].picture.data.url).toMatch(/^https:\/\/scontent\./)
    expect(first.paging.next).toMatch(/^https:\/\/graph\.facebook\.com\/v25\.0\/\d+\/accounts\?/)
    const next = new URL(first.paging.next)
    const second = await json(client.graph(`${next.pathname}${next.search}`))
    expect([first.data[0].id, second.data[0].id]).toEqual(pageIds)
    expect(second.paging.next).toBeUndefined()

    const narrower = await client.longToken(personId, pageIds.slice(1))
    const listed = await json(client.get('/v25.0/me/accounts?fields=id', narrower))
    expect(listed.data).toEqual([{ id: pageIds[1] }])
  })

  test.each(['pages_manage_posts', 'pages_read_engagement'])(
    '%s, declined, is listed as declined and missing where it counts',
    async (permission) => {
      const user = await client.longToken(
        personId,
        pageIds,
        SCOPES.filter((scope) => scope !== permission),
      )
      const { data } = await json(client.get('/v25.0/me/permissions', user))
      expect(data).toContainEqual({ permission, status: 'declined' })
      expect(data).toContainEqual({ permission: 'pages_show_list', status: 'granted' })
      const listed = await json(client.get('/v25.0/me/accounts', user))
      const refused = await client.post(`/v25.0/${pageIds[0]}/feed`, listed.data[0].access_token, {
        message: 'Hello',
      })
      expect(await refusalOf(refused)).toBe('403 200')
    },
  )

  test('a person without the task to create content holds a Page token that cannot publish', async () => {
    const { person, pages } = await client.addPages('Ada Quist', [
      { name: 'Quist Ovens', tasks: ['ANALYZE'] },
    ])
    const pageId = pages[0]?.id ?? ''
    const user = await client.longToken(person.id, [pageId])
    const listed = await json(client.get('/v25.0/me/accounts', user))
    expect(listed.data[0].tasks).toEqual(['ANALYZE'])
    const refused = await client.post(`/v25.0/${pageId}/feed`, listed.data[0].access_token, {
      message: 'Hello',
    })
    expect(await refusalOf(refused)).toBe('403 200')
  })

  test('taking everything back kills each token of the person', async () => {
    const user = await client.longToken(personId, pageIds)
    const listed = await json(client.get('/v25.0/me/accounts', user))
    const page = listed.data[0].access_token
    const removed = await client.graph('/v25.0/me/permissions', {
      method: 'DELETE',
      headers: { authorization: `Bearer ${user}` },
    })
    expect(await removed.json()).toEqual({ success: true })
    expect(await refusalOf(await client.get('/v25.0/me', page))).toBe('400 190/458')
  })

  test('a linked Instagram account shows its id, more when asked, and nothing without its permission', async () => {
    const oat = (await json(fetch(`${client.sandbox.url}/_sandbox/pages`))).pages.find(
      (page: { username: string }) => page.username === 'oatandember',
    )
    const ines = (await json(fetch(`${client.sandbox.url}/_sandbox/pages`))).people[0]
    const user = await client.longToken(ines.id, [oat.id])
    const plain = await json(client.get('/v25.0/me/accounts?fields=instagram_business_account', user))
    expect(plain.data[0].instagram_business_account).toEqual({ id: oat.instagram_id })
    const asked = await json(
      client.get(`/v25.0/${oat.id}?fields=instagram_business_account{id,username}`, user),
    )
    expect(asked.instagram_business_account).toEqual({ id: oat.instagram_id, username: 'oatandember' })
    const less = await client.longToken(ines.id, [oat.id], ['pages_show_list', 'pages_read_engagement'])
    const without = await json(client.get(`/v25.0/${oat.id}?fields=instagram_business_account`, less))
    expect(without).toEqual({ id: oat.id })
  })
})
