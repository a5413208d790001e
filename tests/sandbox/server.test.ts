import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startSandbox } from '#local/sandboxes/server.ts'
import { SandboxClient, until } from './world.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

describe('a restart', () => {
  test('keeps people, tokens, settings, posts and their pictures', async () => {
    const before = await SandboxClient.start({ dataDir })
    const { pageId, token } = await before.connectedPage('Kept')
    const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#123456' } }).png()
    const bytes = new Uint8Array(await picture.toBuffer())
    const { id, post_id } = await (
      await before.upload(pageId, token, bytes, { caption: 'Still here' })
    ).json()
    await before.control('POST', '/settings', { refuse_repeats: true })
    await before.sandbox.stop()

    const after = await SandboxClient.start({ dataDir })
    const read = await (await after.get(`/v25.0/${post_id}?fields=message,permalink_url`, token)).json()
    expect(read.message).toBe('Still here')
    expect((await after.www(new URL(read.permalink_url).pathname)).status).toBe(200)
    const served = await fetch(`${after.sandbox.url}/scontent.xx.fbcdn.net/v/${id}_n.jpg`)
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(bytes)
    expect(await after.control('GET', '/settings')).toMatchObject({ refuse_repeats: true })
    await after.sandbox.stop()
  })

  test('finishes what was accepted and not committed yet', async () => {
    const before = await SandboxClient.start({ dataDir })
    const { pageId, token } = await before.connectedPage('Late')
    await before.arm({ kind: 'late_commit', after_ms: 60_000, answer: 'gateway_timeout' })
    await before.post(`/v25.0/${pageId}/feed`, token, { message: 'Accepted' })
    await before.sandbox.stop()
    const after = await SandboxClient.start({ dataDir })
    expect((await after.posts(pageId)).committed).toBe(1)
    await after.sandbox.stop()
  })

  test('is not held up by calls that wait', async () => {
    const client = await SandboxClient.start({ dataDir })
    const { pageId, token } = await client.connectedPage('Waiting')
    await client.arm({ kind: 'latency', ms: 60_000, times: null })
    const waiting = client.post(`/v25.0/${pageId}/feed`, token, { message: 'x' }).catch(() => 'gone')
    await until(async () => (await client.calls()).some(({ outcome }) => outcome === 'pending'))
    await client.sandbox.stop()
    expect(await waiting).toBe('gone')
  })

  test('leaves no working token in the sandbox’s own files', async () => {
    const client = await SandboxClient.start({ dataDir })
    const { token, userToken } = await client.connectedPage('Sealed')
    await client.sandbox.stop()
    for (const file of await readdir(dataDir)) {
      const content = await readFile(join(dataDir, file), 'latin1')
      expect(content).not.toContain(token)
      expect(content).not.toContain(userToken)
    }
  })
})

describe('the program alone', () => {
  test('says one line when it is ready, and leaves on SIGTERM', async () => {
    const child = spawn(process.execPath, ['local/sandboxes/server.ts', '--port', '0', '--data', dataDir])
    const [line] = await once(child.stdout, 'data')
    expect(String(line)).toMatch(/^sandbox ready at http:\/\/127\.0\.0\.1:\d+\n$/)
    const url = String(line).trim().split(' ').at(-1)
    expect((await fetch(`${url}/_sandbox/health`)).status).toBe(200)
    child.kill('SIGTERM')
    expect((await once(child, 'exit'))[0]).toBe(0)
  })

  test('a busy port is an error, not a silence', async () => {
    const first = await startSandbox({ port: 0 })
    const port = Number(new URL(first.url).port)
    await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE')
    await first.stop()
  })
})

describe('the control plane', () => {
  test('turns web pages and foreign host names away', async () => {
    const client = await SandboxClient.start()
    const url = `${client.sandbox.url}/_sandbox/reset`
    const asPage = await fetch(url, { method: 'POST', headers: { origin: 'https://elsewhere.invalid' } })
    expect(asPage.status).toBe(403)
    const rebound = request(url.replace('/reset', '/posts'), { headers: { host: 'rebound.invalid' } }).end()
    const [answer] = await once(rebound, 'response')
    expect(answer.statusCode).toBe(403)
    answer.resume()
    expect((await fetch(url, { method: 'POST' })).status).toBe(400)
    await client.sandbox.stop()
  })

  test('creates people and Pages once, however often they are asked for', async () => {
    const client = await SandboxClient.start()
    const first = await client.addPages('Rosa Lindqvist', ['Lindqvist Books'])
    expect(await client.addPages('Rosa Lindqvist', ['Lindqvist Books'])).toEqual(first)
    await client.control('POST', '/reset', {})
    const world = (await client.control('GET', '/pages')) as { people: { name: string }[] }
    expect(world.people.map(({ name }) => name)).toEqual(['Ines Caldeira', 'Marguerite Oakes', 'Nadia Aziz'])
    await client.sandbox.stop()
  })
})

describe('pages to look at', () => {
  test('a feed shows text, picture, time and how often each was sent, with markup disarmed', async () => {
    const client = await SandboxClient.start()
    const { pageId, token } = await client.connectedPage('Seen')
    const message = 'Open <script>alert(1)</script> late & "quietly"'
    await client.post(`/v25.0/${pageId}/feed`, token, { message })
    await client.post(`/v25.0/${pageId}/feed`, token, { message })
    const { id } = await (await client.post(`/v25.0/${pageId}/feed`, token, { message: 'Another' })).json()

    const answer = await client.www('/seen')
    const feed = await answer.text()
    expect(feed).toContain('Stands in for www.facebook.com')
    expect(feed).toContain('Sent 2 times')
    expect(feed).toContain('Sent once')
    expect(feed).not.toContain('<script>')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await (await client.www(`/${pageId}`)).text()).toContain('Another')

    const permalink = `/${pageId}/posts/${id.split('_')[1]}`
    expect(await (await client.www(permalink)).text()).toContain('Another')
    await client.graph(`/v25.0/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })
    const gone = await client.www(permalink)
    expect([gone.status, await gone.text()]).toEqual([404, expect.stringContaining('This post was deleted')])
    expect((await client.www('/nobody')).status).toBe(404)
    await client.sandbox.stop()
  })

  test('a long feed has older posts, page by page', async () => {
    const client = await SandboxClient.start()
    const { pageId, token } = await client.connectedPage('Long')
    for (let n = 1; n <= 30; n++)
      await client.post(`/v25.0/${pageId}/feed`, token, { message: `Post number ${n}.` })
    const first = await (await client.www('/long')).text()
    expect(first).toContain('Post number 30.')
    expect(first).not.toContain('Post number 5.')
    const older = /href="(\?after=[^"]+)"/.exec(first)?.[1]
    const second = await (await client.www(`/long${older}`)).text()
    expect(second).toContain('Post number 5.')
    expect(second).toContain('Newest posts')
    await client.sandbox.stop()
  })

  test('the front page lists every Page with who manages it', async () => {
    const client = await SandboxClient.start()
    const home = await (await fetch(client.sandbox.url)).text()
    expect(home).toContain('Tarn Cycles')
    expect(home).toContain('managed by Ines Caldeira, Marguerite Oakes')
    expect((await fetch(`${client.sandbox.url}/api.unknown.invalid/x`)).status).toBe(502)
    await client.sandbox.stop()
  })
})
