import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { databaseUrl, superuser } from '#local/postgres/start.ts'
import { bootBackend } from '#local/supervisor/boot.ts'
import { workerEnvironment } from '#local/supervisor/environments.ts'
import { temporaryFolder } from '#local/supervisor/folder.ts'
import { freePorts } from '#local/supervisor/ports.ts'
import { newSecrets } from '#local/supervisor/secrets.ts'
import type { Service } from '#local/supervisor/service.ts'
import { stackFacts } from '#local/supervisor/stack-facts.ts'
import { Supervisor } from '#local/supervisor/supervise.ts'
import { until } from '#tests/support/until.ts'
import { afterThisTest, type Engine, expect, foundEngine, TIMES, test } from './engine.ts'

/** Starts a killed Postgres again, but not before it may come back. */
class PatientSupervisor extends Supervisor {
  back = Promise.resolve()

  override start(service: Service): Promise<void> {
    if (service.name !== 'The database') return super.start(service)
    return super.start({ ...service, start: () => this.back.then(() => service.start()) })
  }
}

/** A stack of its own, whose Postgres may be killed; supervised, with its worker, as `npm start` does it. */
async function startStack(times: Record<string, string> = TIMES) {
  const folder = temporaryFolder()
  mkdirSync(path.join(folder, 'logs'))
  // As `npm start` runs it: what is committed outlives a crash. Nothing can be proved of a database that forgets.
  const durable = true
  const stack = stackFacts(folder, durable, await freePorts(), newSecrets())
  const supervisor = new PatientSupervisor(
    () => {},
    () => {},
  )
  Object.assign(process.env, times)
  afterThisTest(async () => {
    await supervisor.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  await bootBackend(supervisor, stack, () => {}, true)
  const { publishableKey, secretKey } = stack.secrets
  const api = { url: stack.apiUrl, publishableKey, secretKey }
  const { engine, close } = await foundEngine(api, stack.sandboxUrl, workerEnvironment(stack))
  afterThisTest(close)
  const workerLog = () => readFileSync(path.join(folder, 'logs/worker.log'), 'utf8')
  return { engine, supervisor, port: stack.ports.database, workerLog }
}

/** As `connectPages` does, but by the worker of the stack. */
async function connectPages(engine: Engine, names: readonly string[]) {
  const { personId, pages } = await engine.sandbox.newPerson('Ines Duarte', names)
  const pageIds = pages.map(({ id }) => id)
  await engine.consent(pageIds, { personId })
  return until('the worker to connect the Pages', async () => {
    const rows = await engine.sql<{ connectionId: string; pageId: string }[]>`
      select id as "connectionId", platform_account_id as "pageId" from public.connections
      where platform_account_id = any (${pageIds})`
    return rows.length === names.length && rows
  })
}

async function killPostgres(port: number): Promise<void> {
  const root = postgres(databaseUrl(port, superuser), { max: 1, onnotice: () => {} })
  const [row] = await root<{ folder: string }[]>`select current_setting('data_directory') as folder`
  await root.end()
  const lock = readFileSync(path.join(row?.folder ?? '', 'postmaster.pid'), 'utf8')
  process.kill(Number(lock.split('\n')[0]), 'SIGKILL')
}

test('Postgres killed while a post is under way: the worker outlives it, the post is out once, and work goes on', {
  timeout: 90_000,
}, async () => {
  const { engine, port, workerLog } = await startStack()
  const { sandbox } = engine
  const [{ connectionId, pageId } = { connectionId: '', pageId: '' }] = await connectPages(engine, [
    'Oat & Ember',
  ])

  const match = { method: 'POST', path: '*/feed', account_id: pageId }
  await sandbox.arm({ kind: 'latency', ms: 500, accept: 'after', match })
  const { jobIds } = await engine.publish({ body: 'Through the crash', connectionIds: [connectionId] })
  await until('the platform to have it', async () => (await sandbox.postsOn(pageId)).length > 0)
  await killPostgres(port)

  const published = (jobId: string | undefined) =>
    until(
      'the job to be published',
      async () => {
        // Until Postgres is back, this asks in vain as well.
        const job = await engine.job(jobId ?? '').catch(() => null)
        return job?.status === 'published' && job
      },
      40_000,
    )
  const [post] = await sandbox.postsOn(pageId)
  expect(await published(jobIds[0])).toMatchObject({ platform_post_id: post?.id })

  const after = await engine.publish({ body: 'After the crash', connectionIds: [connectionId] })
  await published(after.jobIds[0])
  expect((await sandbox.postsOn(pageId)).map(({ message }) => message).sort()).toEqual([
    'After the crash',
    'Through the crash',
  ])
  expect(await sandbox.mutationsOf(pageId)).toHaveLength(2)
  expect(workerLog().match(/"worker started"/g)).toHaveLength(1)
})

const AWAY_MS = 20_000

test('Postgres stays away in the middle of forty posts: the same worker goes on with them when it is back', {
  timeout: 150_000,
}, async () => {
  const { engine, supervisor, port, workerLog } = await startStack()
  const { sandbox, sql } = engine
  const pages = await connectPages(
    engine,
    Array.from({ length: 20 }, (_, n) => `Stall ${n}`),
  )
  await sandbox.arm({ kind: 'latency', ms: 400, accept: 'after', times: 40, match: { path: '*/feed' } })
  const connectionIds = pages.map(({ connectionId }) => connectionId)
  for (const body of ['Before', 'And again']) await engine.publish({ body, connectionIds })
  await until('some to be out', async () => (await sandbox.allPosts()).length > 10)

  const { promise, resolve: comeBack } = Promise.withResolvers<void>()
  supervisor.back = promise
  await killPostgres(port)
  await wait(AWAY_MS)
  comeBack()

  await until(
    'all to be published',
    async () => {
      const rows = await sql`select from public.publish_jobs where status <> 'published'`.catch(() => null)
      return rows?.length === 0
    },
    90_000,
  )
  for (const { pageId } of pages) expect(await sandbox.postsOn(pageId)).toHaveLength(2)
  expect(workerLog().match(/"worker started"/g)).toHaveLength(1)
})

const ACCOUNTS = 20
const POSTS_PER_ACCOUNT = 18
const WINDOW_MS = 3_000

test('Postgres restarted under load: posts leave as fast as before within seconds', {
  timeout: 240_000,
}, async () => {
  // With the lease of production: whatever would wait for its end would be seen.
  const { engine, port } = await startStack({ ...TIMES, PUBLISH_LEASE_MS: '30000' })
  const { sandbox, sql } = engine
  const pages = await connectPages(
    engine,
    Array.from({ length: ACCOUNTS }, (_, n) => `Stall ${n}`),
  )
  // The network is what posts wait for, so that the rate before is steady.
  const match = { method: 'POST', path: '*/feed' }
  await sandbox.arm({ kind: 'latency', ms: 700, accept: 'after', times: null, match })
  const connectionIds = pages.map(({ connectionId }) => connectionId)
  for (let n = 0; n < POSTS_PER_ACCOUNT; n++) await engine.publish({ body: `Number ${n}`, connectionIds })
  const count = async () => {
    const [row] = await sql`select count(*)::int as out from public.publish_jobs where status = 'published'`
    return Number(row?.out)
  }
  await until('a third to be out', async () => (await count()) >= (ACCOUNTS * POSTS_PER_ACCOUNT) / 3, 90_000)

  const killedAt = Date.now()
  await killPostgres(port)
  const acceptedAt = await untilAccepting(port)
  await until(
    'all to be out',
    async () => (await count().catch(() => 0)) === ACCOUNTS * POSTS_PER_ACCOUNT,
    120_000,
  )

  const rows = await sql<{ at: Date }[]>`select published_at as at from public.publish_jobs order by 1`
  const times = rows.map(({ at }) => at.getTime())
  const rate = (from: number, spanMs: number) =>
    times.filter((at) => at >= from && at < from + spanMs).length / (spanMs / 1_000)
  const before = rate(killedAt - 2 * WINDOW_MS, 2 * WINDOW_MS)
  const recovered = times.filter((at) => at >= acceptedAt).find((at) => rate(at, WINDOW_MS) >= 0.95 * before)
  const afterMs = (recovered ?? Number.POSITIVE_INFINITY) - acceptedAt
  console.log(
    `${before.toFixed(1)} posts a second before; away for ${acceptedAt - killedAt} ms; as fast again ${afterMs} ms after it accepted connections`,
  )
  for (const { pageId } of pages) expect(await sandbox.mutationsOf(pageId)).toHaveLength(POSTS_PER_ACCOUNT)
  // Ten seconds on a machine with nothing else to do; others may be at work here.
  expect(afterMs).toBeLessThan(30_000)
})

/** @returns when it took the first connection */
async function untilAccepting(port: number): Promise<number> {
  return until(
    'Postgres to be back',
    async () => {
      const asking = postgres(databaseUrl(port), { max: 1, connect_timeout: 2, onnotice: () => {} })
      try {
        await asking`select`
        return Date.now()
      } catch {
        return null // not yet
      } finally {
        await asking.end({ timeout: 0 })
      }
    },
    60_000,
  )
}
