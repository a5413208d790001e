import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import { databaseUrl, superuser } from '#local/postgres/start.ts'
import { bootBackend } from '#local/supervisor/boot.ts'
import { workerEnvironment } from '#local/supervisor/environments.ts'
import { temporaryFolder } from '#local/supervisor/folder.ts'
import { freePorts } from '#local/supervisor/ports.ts'
import { newSecrets } from '#local/supervisor/secrets.ts'
import { stackFacts } from '#local/supervisor/stack-facts.ts'
import { Supervisor } from '#local/supervisor/supervise.ts'
import { until } from '#tests/support/until.ts'
import { afterThisTest, expect, foundEngine, TIMES, test } from './engine.ts'

/** A stack of its own, whose Postgres may be killed; supervised, with its worker, as `npm start` does it. */
async function startStack() {
  const folder = temporaryFolder()
  mkdirSync(path.join(folder, 'logs'))
  // As `npm start` runs it: what is committed outlives a crash. Nothing can be proved of a database that forgets.
  const durable = true
  const stack = stackFacts(folder, durable, await freePorts(), newSecrets())
  const supervisor = new Supervisor(
    () => {},
    () => {},
  )
  Object.assign(process.env, TIMES)
  afterThisTest(async () => {
    await supervisor.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  await bootBackend(supervisor, stack, () => {}, true)
  const { publishableKey, secretKey } = stack.secrets
  const api = { url: stack.apiUrl, publishableKey, secretKey }
  const { engine, close } = await foundEngine(api, stack.sandboxUrl, workerEnvironment(stack))
  afterThisTest(close)
  return { engine, port: stack.ports.database, workerLog: path.join(folder, 'logs/worker.log') }
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
  const { personId, pages } = await sandbox.newPerson('Ines Duarte', ['Oat & Ember'])
  const pageId = pages[0]?.id ?? ''
  await engine.consent([pageId], { personId })
  const connectionId = await until('the worker to connect the Page', async () => {
    const [row] = await engine.sql<{ id: string }[]>`select id from public.connections`
    return row?.id
  })

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
  expect(readFileSync(workerLog, 'utf8').match(/"worker started"/g)).toHaveLength(1)
})
