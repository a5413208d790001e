import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { refusalOf, SandboxClient, until } from './world.ts'

let client: SandboxClient
let pageId: string
let token: string
let personId: string

beforeAll(async () => {
  client = await SandboxClient.start()
})
afterAll(() => client.sandbox.stop())
beforeEach(async () => {
  await client.control('DELETE', '/faults')
  await client.control('DELETE', '/calls')
  ;({ pageId, token, personId } = await client.connectedPage(`Faulty ${Math.random().toString(36).slice(2)}`))
})

const publish = (init: RequestInit = {}) =>
  client.post(`/v25.0/${pageId}/feed`, token, { message: 'Only once' }, init)
const committed = async () => (await client.posts(pageId)).committed
const onFeed = { match: { method: 'POST', path: '*/feed' } }
const listed = async () =>
  (await (await client.get(`/v25.0/${pageId}/published_posts`, token)).json()).data as unknown[]

describe('what happened on the wire, and what is out', () => {
  test.each<[string, Record<string, unknown>, string, number]>([
    ['a 5xx before accepting', { kind: 'server_error', status: 503 }, '503 2', 0],
    ['a 5xx after accepting', { kind: 'server_error', accept: 'after' }, '500 2', 1],
    ['an app limit', { kind: 'rate_limit', code: 4 }, '400 4', 0],
    ['a user limit', { kind: 'rate_limit', code: 17 }, '400 17', 0],
    ['a Page limit', { kind: 'rate_limit', code: 32 }, '400 32', 0],
    ['a custom limit', { kind: 'rate_limit', code: 613 }, '400 613', 0],
    ['a 429', { kind: 'rate_limit', status: 429 }, '429 4', 0],
    ['an expired token', { kind: 'token', subcode: 463 }, '400 190/463', 0],
    ['a changed password', { kind: 'token', subcode: 460 }, '400 190/460', 0],
    ['an invalid session', { kind: 'token', subcode: 467 }, '400 190/467', 0],
    ['a missing permission', { kind: 'permission', code: 200 }, '403 200', 0],
    ['an app without the permission', { kind: 'permission', code: 10 }, '403 10', 0],
    [
      'a spam block with the post live',
      { kind: 'error', code: 4, subcode: 2207051, accept: 'after' },
      '400 4/2207051',
      1,
    ],
    ['a duplicate', { kind: 'error', code: 506 }, '400 506', 0],
  ])('%s', async (_, fault, expected, out) => {
    await client.arm({ ...fault, ...onFeed })
    expect(await refusalOf(await publish())).toBe(expected)
    expect(await committed()).toBe(out)
    // It was armed once: the next send is whole.
    expect((await publish()).status).toBe(200)
    expect(await committed()).toBe(out + 1)
  })

  test.each([
    ['before', 0],
    ['after', 1],
  ])('a connection dropped %s accepting', async (accept, out) => {
    await client.arm({ kind: 'drop', accept, ...onFeed })
    await expect(publish()).rejects.toThrow('fetch failed')
    expect(await committed()).toBe(out)
    const [call] = await client.calls('?method=POST&path=/feed')
    expect(call).toMatchObject({ outcome: 'dropped', accepted: accept === 'after', status: null })
  })

  test('down: nothing is read, nothing is accepted', async () => {
    await client.arm({ kind: 'down', times: null })
    await expect(publish()).rejects.toThrow('fetch failed')
    await expect(listed()).rejects.toThrow('fetch failed')
    await client.control('DELETE', '/faults')
    expect(await committed()).toBe(0)
    expect((await publish()).status).toBe(200)
  })

  test('a 5xx may come from a load balancer that speaks no JSON', async () => {
    await client.arm({ kind: 'server_error', status: 502, body: 'html', ...onFeed })
    const answer = await publish()
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(await answer.text()).toContain('went wrong')
  })

  test('a limit says how long to wait, in the platform’s header and in Retry-After when asked', async () => {
    await client.arm({ kind: 'rate_limit', code: 32, regain_minutes: 7, retry_after_s: 420, ...onFeed })
    const answer = await publish()
    expect(answer.headers.get('retry-after')).toBe('420')
    const usage = JSON.parse(answer.headers.get('x-business-use-case-usage') ?? '')
    expect(usage[pageId][0]).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 7 })
    await client.arm({ kind: 'rate_limit', status: 429, ...onFeed })
    expect((await publish()).headers.get('retry-after')).toBeNull()
  })
})

describe('time', () => {
  test('latency before accepting: a client that gives up is still published', async () => {
    await client.arm({ kind: 'latency', ms: 150, ...onFeed })
    await expect(publish({ signal: AbortSignal.timeout(40) })).rejects.toThrow('timeout')
    expect(await committed()).toBe(0)
    await until(async () => (await committed()) === 1)
  })

  test('latency after accepting: the post is out before the answer is', async () => {
    await client.arm({ kind: 'latency', ms: 300, accept: 'after', ...onFeed })
    const answer = publish()
    await until(async () => (await committed()) === 1, 250)
    expect((await answer).status).toBe(200)
  })

  test('a late commit: no answer until the client gives up, the post so much later', async () => {
    await client.arm({ kind: 'late_commit', after_ms: 200, ...onFeed })
    await expect(publish({ signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await committed()).toBe(0)
    await until(async () => (await committed()) === 1)
    const [call] = await client.calls('?method=POST&path=/feed')
    expect(call).toMatchObject({ outcome: 'late', accepted: true })
  })

  test('a late commit behind a 504', async () => {
    await client.arm({ kind: 'late_commit', after_ms: 100, answer: 'gateway_timeout', ...onFeed })
    expect((await publish()).status).toBe(504)
    expect(await committed()).toBe(0)
    await until(async () => (await committed()) === 1)
  })

  test('list lag: the post exists and is not listed yet', async () => {
    await client.arm({ kind: 'list_lag', ms: 250, match: { account_id: pageId } })
    const { id } = await (await publish()).json()
    expect(await listed()).toHaveLength(0)
    expect((await client.get(`/v25.0/${id}`, token)).status).toBe(200)
    await until(async () => (await listed()).length === 1)
  })

  test('a stopped clock holds created_time, and neither lag nor latency', async () => {
    await client.control('POST', '/clock', { now: '2026-10-31T07:30:00Z' })
    await client.arm({ kind: 'list_lag', ms: 100 })
    await publish()
    await until(async () => (await listed()).length === 1)
    expect((await client.posts(pageId)).posts[0]?.created_time).toBe('2026-10-31T07:30:00+0000')
    await client.control('POST', '/clock', { now: null })
  })
})

describe('aiming', () => {
  test('by account: another Page’s calls pass', async () => {
    const other = await client.connectedPage(`Spared ${pageId}`)
    await client.arm({ kind: 'permission', match: { account_id: pageId }, times: null })
    expect((await client.get(`/v25.0/${other.pageId}`, other.token)).status).toBe(200)
    expect((await client.get('/v25.0/me', token)).status).toBe(403)
    expect((await client.get(`/v25.0/${pageId}`, token)).status).toBe(403)
  })

  test('by host, method and path; the first calls may pass, and the next so many are hit', async () => {
    await client.arm({ kind: 'server_error', ...onFeed, skip: 1, times: 2 })
    expect((await client.get(`/v25.0/${pageId}/feed`, token)).status).toBe(200)
    const statuses: number[] = []
    for (let send = 0; send < 4; send++) statuses.push((await publish()).status)
    expect(statuses).toEqual([200, 500, 500, 200])
    await client.arm({ kind: 'server_error', match: { host: 'www.facebook.com' } })
    expect((await publish()).status).toBe(200)
  })

  test('faults are listed with what is left of them, and disarmed one by one', async () => {
    const armed = (await client.arm({ kind: 'drop', times: 3 })) as { id: string }
    const { faults } = (await client.control('GET', '/faults')) as { faults: unknown[] }
    expect(faults).toEqual([expect.objectContaining({ id: armed.id, kind: 'drop', used: 0, remaining: 3 })])
    await client.control('DELETE', `/faults/${armed.id}`)
    expect(await client.control('GET', '/faults')).toEqual({ faults: [] })
  })

  test('a fault nobody knows is refused with the reason', async () => {
    expect(await client.arm({ kind: 'gremlin' })).toHaveProperty('error')
    expect(await client.arm({ kind: 'drop', accept: 'sometimes' })).toHaveProperty('error')
  })
})

describe('the record of calls', () => {
  test('says what was asked and answered, without tokens, secrets and codes', async () => {
    await publish()
    await client.longToken(personId, [pageId])
    const calls = await client.calls()
    expect(calls.find(({ path }) => path.endsWith('/feed'))).toMatchObject({
      account_id: pageId,
      status: 200,
      accepted: true,
      outcome: 'answered',
      body: { message: 'Only once' },
    })
    const record = JSON.stringify(await client.control('GET', '/calls'))
    expect(record).toContain('"code":"•••"')
    expect(record).not.toContain(token)
    expect(record).not.toMatch(/EAA[A-Za-z0-9]{50}|AQ[A-Za-z0-9_-]{50}/)
  })

  test('hides the token in a picture’s signed address, and names a refusal’s code', async () => {
    await client.post(`/v25.0/${pageId}/photos`, token, { url: 'http://127.0.0.1:9/a.jpg?token=s3cret&x=1' })
    const [call] = await client.calls('?path=/photos')
    expect(call?.error).toEqual({ code: 100, subcode: 1366046 })
    expect(call?.body.url).toBe('http://127.0.0.1:9/a.jpg?token=•••&x=1')
  })
})

describe('the count of sends', () => {
  test('a repeat shows as one, on its Page only, and deleting hides nothing', async () => {
    const { id } = await (await publish()).json()
    await publish()
    await client.graph(`/v25.0/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })
    const counted = await client.posts(pageId)
    expect(counted).toMatchObject({ committed: 2, repeated: 1 })
    expect(counted.posts.map((post) => post.times_committed)).toEqual([2, 2])
    const other = await client.connectedPage(`Elsewhere ${pageId}`)
    await client.post(`/v25.0/${other.pageId}/feed`, other.token, { message: 'Only once' })
    expect((await client.posts(other.pageId)).repeated).toBe(0)
  })
})
