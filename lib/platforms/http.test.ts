import { createServer, type RequestListener } from 'node:http'
import { createServer as createRawServer, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import {
  createPlatformHttp,
  fromGateway,
  type HttpEvent,
  type PlatformRequest,
  throughGateway,
} from './http.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function gatewayThat(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  closers.push(async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })
  return urlOf(server.address())
}

async function socketThat(meet: (socket: Socket) => void) {
  const server = createRawServer(meet)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  closers.push(() => new Promise((closed) => server.close(closed)))
  return urlOf(server.address())
}

function urlOf(address: ReturnType<ReturnType<typeof createServer>['address']>) {
  if (!address || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

const post: PlatformRequest = {
  method: 'POST',
  url: 'https://graph.facebook.com/v26.0/1001/feed',
  form: { message: 'Six sourdoughs' },
  timeoutMs: 2_000,
}

function send(gateway: string, request: Partial<PlatformRequest> = {}, observe?: (event: HttpEvent) => void) {
  return createPlatformHttp({ gateway, ...(observe ? { observe } : {}) }).send({ ...post, ...request })
}

describe('the gateway', () => {
  test('stands before every platform address and nothing else', () => {
    const gateway = 'http://127.0.0.1:3354/'
    expect(throughGateway('https://www.facebook.com/10/posts/1?a=b#c', gateway)).toBe(
      'http://127.0.0.1:3354/www.facebook.com/10/posts/1?a=b#c',
    )
    expect(throughGateway('http://127.0.0.1:3354/www.facebook.com/1', gateway)).toBe(
      'http://127.0.0.1:3354/www.facebook.com/1',
    )
    expect(throughGateway('https://www.facebook.com/10', '')).toBe('https://www.facebook.com/10')
  })

  test('carries method, form, token and address unchanged, and no token in the address', async () => {
    const seen: { url: string | undefined; token: string | undefined; body: string }[] = []
    const gateway = await gatewayThat(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      seen.push({ url: request.url, token: request.headers.authorization, body })
      response.end('{"id":12345678901234567890,"count":3}')
    })
    const events: HttpEvent[] = []
    const outcome = await send(
      gateway,
      { authorization: { scheme: 'Bearer', token: 'EAAB-token' }, query: { fields: 'id' } },
      (event) => events.push(event),
    )

    expect(outcome).toMatchObject({ kind: 'answered', body: { id: '12345678901234567890', count: 3 } })
    expect(seen).toEqual([
      {
        url: '/graph.facebook.com/v26.0/1001/feed?fields=id',
        token: 'Bearer EAAB-token',
        body: 'message=Six+sourdoughs',
      },
    ])
    expect(events).toMatchObject([{ host: 'graph.facebook.com', path: '/v26.0/1001/feed', status: 200 }])
    expect(JSON.stringify(events)).not.toContain('EAAB-token')
  })
})

describe('provably not sent', () => {
  test('a refused connection', async () => {
    const gateway = await gatewayThat((_request, response) => response.end())
    for (const close of closers.splice(0)) await close()
    expect(await send(gateway)).toMatchObject({ kind: 'unsent', code: 'platform_unreachable' })
  })

  test('a name that does not resolve', async () => {
    expect(await send('http://no-such-host.invalid')).toMatchObject({
      kind: 'unsent',
      code: 'platform_not_found',
    })
  })

  test.each([
    ['seconds', '7', 7_000],
    ['nothing', undefined, undefined],
  ])('429 with %s to wait', async (_what, header, retryAfterMs) => {
    const gateway = await gatewayThat((_request, response) => {
      if (header) response.setHeader('retry-after', header)
      response.statusCode = 429
      response.end()
    })
    const outcome = await send(gateway)
    expect(outcome).toMatchObject({ kind: 'unsent', code: 'platform_busy' })
    expect(outcome.kind === 'unsent' ? outcome.retryAfterMs : 'no').toBe(retryAfterMs)
  })

  test('429 with a date to wait for', async () => {
    const gateway = await gatewayThat((_request, response) => {
      response.setHeader('retry-after', new Date(Date.now() + 60_000).toUTCString())
      response.statusCode = 429
      response.end()
    })
    const outcome = await send(gateway)
    if (outcome.kind !== 'unsent') throw new Error(outcome.kind)
    expect(outcome.retryAfterMs).toBeGreaterThan(55_000)
    expect(outcome.retryAfterMs).toBeLessThanOrEqual(60_000)
  })
})

describe('may have been sent', () => {
  test('no answer in time', async () => {
    const gateway = await gatewayThat(() => undefined)
    expect(await send(gateway, { timeoutMs: 60 })).toMatchObject({
      kind: 'unknown',
      code: 'platform_timeout',
    })
  })

  test('a connection that breaks after the request', async () => {
    const gateway = await socketThat((socket) => socket.once('data', () => socket.resetAndDestroy()))
    expect(await send(gateway)).toMatchObject({ kind: 'unknown', code: 'platform_connection_lost' })
  })

  test('half an answer', async () => {
    const gateway = await socketThat((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"id":')),
    )
    expect(await send(gateway)).toMatchObject({ kind: 'unknown', code: 'platform_connection_lost' })
  })

  test('500, with its body kept', async () => {
    const gateway = await gatewayThat((_request, response) => {
      response.statusCode = 500
      response.end('{"error":{"code":2}}')
    })
    expect(await send(gateway)).toMatchObject({
      kind: 'unknown',
      code: 'platform_server_error',
      body: { error: { code: 2 } },
    })
  })
})

test('a request is sent once, whatever becomes of it', async () => {
  let requests = 0
  const gateway = await gatewayThat((request) => {
    requests++
    request.socket.destroy()
  })
  await send(gateway)
  expect(requests).toBe(1)
})

test('no redirect is followed', async () => {
  const paths: (string | undefined)[] = []
  const gateway = await gatewayThat((request, response) => {
    paths.push(request.url)
    response.writeHead(307, { location: '/elsewhere' }).end()
  })
  expect(await send(gateway)).toMatchObject({ kind: 'answered', status: 307 })
  expect(paths).toHaveLength(1)
})

test('a refusal that repeats the token is kept without it', async () => {
  const gateway = await gatewayThat((_request, response) => {
    response.statusCode = 400
    response.end('{"error":{"message":"Malformed access token EAAB-token","code":190}}')
  })
  const outcome = await send(gateway, { authorization: { scheme: 'Bearer', token: 'EAAB-token' } })
  expect(JSON.stringify(outcome)).not.toContain('EAAB-token')
  expect(JSON.stringify(outcome)).toContain('Malformed access token [secret]')
})

test('raw bytes go as they are, with headers of their own and the token under its scheme', async () => {
  const seen: unknown[] = []
  const gateway = await gatewayThat(async (request, response) => {
    const parts: Buffer[] = []
    for await (const chunk of request) parts.push(chunk)
    const { authorization, offset, 'content-type': type, 'content-length': length } = request.headers
    seen.push({ authorization, offset, type, length, bytes: [...Buffer.concat(parts)] })
    response.end('{"success":true}')
  })
  const { form: _form, ...bare } = post
  const outcome = await createPlatformHttp({ gateway }).send({
    ...bare,
    authorization: { scheme: 'OAuth', token: 'EAAB-token' },
    headers: { offset: '4' },
    raw: { mimeType: 'application/octet-stream', bytes: new Uint8Array([0, 13, 10, 255]) },
  })
  expect(outcome).toMatchObject({ kind: 'answered', body: { success: true } })
  expect(seen).toEqual([
    {
      authorization: 'OAuth EAAB-token',
      offset: '4',
      type: 'application/octet-stream',
      length: '4',
      bytes: [0, 13, 10, 255],
    },
  ])
})

test('what people copied behind the gateway is the platform’s own address again', () => {
  const gateway = 'http://127.0.0.1:4614'
  const own = 'https://www.facebook.com/1/posts/2?x=1'
  expect(fromGateway(throughGateway(own, gateway), gateway)).toBe(own)
  expect(fromGateway(own, gateway)).toBe(own)
  expect(fromGateway('http://127.0.0.1:46140/evil', gateway)).toBe('http://127.0.0.1:46140/evil')
  expect(fromGateway('http://127.0.0.1:4614/x', '')).toBe('http://127.0.0.1:4614/x')
})
