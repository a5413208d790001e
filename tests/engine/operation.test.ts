import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe } from 'vitest'
import { until } from '#tests/support/until.ts'
import { readEnvironment, secretsOf } from '#worker/environment.ts'
import { reasonsNotReady } from '#worker/health.ts'
import { createLog } from '#worker/log.ts'
import { expect, test } from './engine.ts'

async function ask(port: number, path: string) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`)
  return { status: response.status, body: await response.json() }
}

function healthPort(log: string): number {
  const line = log.split('\n').find((candidate) => candidate.includes('"worker started"')) ?? '{}'
  return Number(JSON.parse(line).health_port)
}

describe('a worker', () => {
  test('says that it lives and takes work, and while it drains that it takes none', async ({
    engine,
    startWorker,
  }) => {
    const page = await engine.connectPage()
    const worker = await startWorker({ WORKER_HEALTH_PORT: '0', PUBLISH_LEASE_MS: '9000' })
    const port = healthPort(worker.log())
    expect(await ask(port, '/live')).toEqual({ status: 200, body: { status: 'live' } })
    await until('the worker to be ready', async () => (await ask(port, '/ready')).status === 200)
    expect(await ask(port, '/other')).toMatchObject({ status: 404 })

    await engine.sandbox.arm({
      kind: 'latency',
      ms: 600,
      accept: 'after',
      match: { method: 'POST', path: '*/feed', account_id: page.pageId },
    })
    const { jobIds } = await engine.publish({ body: 'Slowly', connectionIds: [page.connectionId] })
    await until('the post to be out', async () => (await engine.sandbox.postsOn(page.pageId)).length > 0)
    const leaving = worker.stop()
    const drained = await until('the worker to say that it drains', async () => {
      const answer = await ask(port, '/ready')
      return answer.status === 503 && answer
    })
    expect(drained.body).toEqual({ status: 'not ready', reasons: ['it is draining'] })
    expect(await ask(port, '/live')).toMatchObject({ status: 200 })
    await leaving
    expect(await engine.job(jobIds[0] ?? '')).toMatchObject({ status: 'published' })
  })

  test('asked to leave in the middle of twelve posts loses none, and another sends the rest', async ({
    engine,
    startWorker,
  }) => {
    const pages = await engine.connectPages(Array.from({ length: 12 }, (_, n) => `Stall ${n}`))
    await engine.sandbox.arm({
      kind: 'latency',
      ms: 150,
      accept: 'after',
      match: { method: 'POST', path: '*/feed' },
      times: 12,
    })
    // Twelve answers at once are to come in time on a busy machine too.
    const patient = { PUBLISH_LEASE_MS: '15000' }
    const worker = await startWorker(patient)
    const { jobIds } = await engine.publish({
      body: 'Twelve at once',
      connectionIds: pages.map(({ connectionId }) => connectionId),
    })
    await until('the first to be out', async () => (await engine.job(jobIds[0] ?? '')).status !== 'scheduled')
    const asked = performance.now()
    await worker.stop()
    expect(performance.now() - asked).toBeLessThan(30_000)
    const left = await Promise.all(jobIds.map((id) => engine.job(id)))
    expect(
      left.map(({ status }) => status).filter((status) => !['scheduled', 'published'].includes(status)),
    ).toEqual([])

    await startWorker(patient)
    for (const id of jobIds) {
      await until('every post to be out', async () => (await engine.job(id)).status === 'published')
    }
    for (const { pageId } of pages) expect(await engine.sandbox.mutationsOf(pageId)).toHaveLength(1)
  })

  test('ends at once where its port for health is taken', async ({ startWorker }) => {
    const taken = createServer().listen(0)
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address ? String(address.port) : ''
    await expect(startWorker({ WORKER_HEALTH_PORT: port })).rejects.toThrow(/WORKER_HEALTH_PORT/)
    taken.close()
  })

  test('says which keys it can open secrets with', async ({ engine, startWorker }) => {
    await startWorker()
    const [beat] = await until('a beat', async () => {
      const rows = await engine.sql`select facts from private.worker_heartbeats`
      return rows.length > 0 && rows
    })
    expect(beat?.facts).toMatchObject({ keys: [...engine.ports.vault.keyIds] })
  })
})

test.each([
  [{ isDraining: false, beatAgeMs: null }, ['the queue has not started yet']],
  [{ isDraining: false, beatAgeMs: 2_000 }, []],
  [{ isDraining: false, beatAgeMs: 12_400 }, ['the database has not answered for 12 s']],
  [{ isDraining: true, beatAgeMs: 100 }, ['it is draining']],
])('%j is against being ready for %j', (state, reasons) => {
  expect(reasonsNotReady(state)).toEqual(reasons)
})

describe('the environment', () => {
  const whole = {
    SITE_URL: 'https://desk.halyard.example',
    SUPABASE_URL: 'https://abcdefgh.supabase.co',
    SUPABASE_SECRET_KEY: 'sb_secret_0123456789abcdef',
    DATABASE_URL:
      'postgresql://postgres.abcdefgh:a-long-password@aws-0-eu-west-2.pooler.supabase.com:5432/postgres',
    SMTP_URL: 'smtp://desk:another-password@mail.example:587',
    MAIL_FROM: 'Copydesk <desk@halyard.example>',
    META_APP_ID: '1234567890',
    META_APP_SECRET: '0123456789abcdef0123456789abcdef',
    SECRETS_KEYS: `2026-11:${randomBytes(32).toString('base64')}`,
  }
  const refusal = (changed: Record<string, string | undefined>) => {
    try {
      readEnvironment({ ...whole, ...changed })
    } catch (error) {
      return String(error)
    }
    return 'read'
  }

  test('takes the session pooler and the direct connection', () => {
    expect(refusal({})).toBe('read')
    expect(refusal({ DATABASE_URL: 'postgres://postgres:pw@db.abcdefgh.supabase.co:5432/postgres' })).toBe(
      'read',
    )
  })

  test('refuses the transaction pooler in a sentence that says what to take, and shows no password', () => {
    const said = refusal({ DATABASE_URL: whole.DATABASE_URL.replace(':5432', ':6543') })
    expect(said).toMatch(/DATABASE_URL names port 6543, the transaction pooler.*session pooler.*5432/)
    expect(said).not.toContain('a-long-password')
  })

  test.each(['db.abcdefgh.supabase.co', 'mysql://a:a-long-password@host/db', 'postgresql://'])(
    'refuses %s as the database',
    (DATABASE_URL) => {
      const said = refusal({ DATABASE_URL })
      expect(said).toContain('DATABASE_URL is not of the form')
      expect(said).not.toContain('a-long-password')
    },
  )

  test('names everything that is missing at once', () => {
    expect(refusal({ META_APP_ID: '', SECRETS_KEYS: undefined, SITE_URL: 'nowhere' })).toMatch(
      /SECRETS_KEYS is not set; SITE_URL is no address such as .*; META_APP_ID is not set/,
    )
  })

  test('names what no log may hold', () => {
    const secrets = secretsOf(readEnvironment(whole))
    expect(secrets).toEqual(
      expect.arrayContaining([
        'a-long-password',
        'another-password',
        whole.META_APP_SECRET,
        whole.SUPABASE_SECRET_KEY,
      ]),
    )
    expect(secrets).toContain(whole.SECRETS_KEYS.slice('2026-11:'.length))
  })
})

describe('the log', () => {
  function logged(write: (log: ReturnType<typeof createLog>) => void, secrets: string[] = []): string {
    const lines: string[] = []
    write(createLog({ write: (line) => void lines.push(line) }, secrets))
    return lines.join('')
  }

  test('holds no token, wherever it stands', () => {
    const token = `EAAB${randomBytes(30).toString('hex')}`
    const said = logged((log) => {
      log.info({ access_token: token, deep: { bearer: token } }, 'in a field')
      log.warn(`Malformed access token ${token}`)
      log.error({ err: new Error(`GET /me?access_token=${token}&fields=id`) }, 'in an error')
      log.error({ err: Object.assign(new Error('refused'), { cause: new Error(token) }) }, 'in a cause')
      log.error({ request: { headers: { authorization: `Bearer ${token}` } } }, 'in a header')
      log.info(`authorization: OAuth ${token}`)
    })
    expect(said.split('\n')).toHaveLength(7)
    expect(said).not.toContain(token)
  })

  test('holds none of the settings that are secret', () => {
    const secrets = ['a-long-password', 'app-secret-0123456789', 'a"quoted\\secret']
    const said = logged((log) => {
      for (const secret of secrets) log.error({ err: new Error(`failed with ${secret}`) }, secret)
    }, secrets)
    for (const secret of secrets) {
      expect(said).not.toContain(secret)
      expect(said).not.toContain(JSON.stringify(secret).slice(1, -1))
    }
    for (const line of said.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
  })
})
