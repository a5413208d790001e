import { setTimeout as wait } from 'node:timers/promises'
import { until } from '#tests/support/until.ts'
import { createTasks } from '#worker/tasks/tasks.ts'
import { afterThisTest, type Engine, expect, test } from './engine.ts'
import { rewrite } from './rewrite.ts'

const AHEAD_MS = 1_200

/** Approved, and due in a moment: the worker has it ready already and waits for its time. */
async function aboutToLeave(engine: Engine, body: string, stopping?: AbortSignal) {
  const page = await engine.connectPage()
  const { jobIds, postId } = await engine.publish({ body, connectionIds: [page.connectionId] })
  const [jobId = ''] = jobIds
  await engine.sql`select graphile_worker.remove_job('publish:' || ${jobId})`
  await due(engine, postId, AHEAD_MS)
  const working = engine.tasks.publish_post({ job_id: jobId }, stopping)
  await wait(AHEAD_MS / 3)
  expect(await engine.job(jobId)).toMatchObject({ status: 'scheduled' })
  return { page, jobId, postId, working }
}

async function due({ sql }: Engine, postId: string, inMs: number) {
  await sql`
    update public.publish_jobs set scheduled_for = now() + make_interval(secs => ${inMs / 1000}) where content_id = ${postId}`
}

test('what was made ready before its minute leaves on it, and not before', async ({ engine }) => {
  const { page, jobId, working } = await aboutToLeave(engine, 'On the minute')
  expect(await engine.sandbox.mutationsOf(page.pageId)).toEqual([])
  await working
  expect(await engine.job(jobId)).toMatchObject({ status: 'published' })
  const [row] = await engine.sql`select lateness_ms from public.publish_jobs where id = ${jobId}`
  expect(Number(row?.lateness_ms)).toBeGreaterThanOrEqual(0)
  expect(Number(row?.lateness_ms)).toBeLessThan(1_000)
})

const changes: Record<string, (engine: Engine, post: { postId: string; connectionId: string }) => unknown> = {
  'a pause of its account': (engine, { connectionId }) =>
    engine.asOwner((db) => db`select public.pause_publishing('connection', ${connectionId})`),
  'a cancellation': (engine, { postId }) =>
    engine.asOwner((db) => db`select public.unschedule_post(${postId})`),
  'a later time': (engine, { postId }) => due(engine, postId, 3_600_000),
  'another claim': (engine, { postId }) =>
    engine.sql`update public.publish_jobs set fence = fence + 1, next_retry_at = now() + interval '1 hour' where content_id = ${postId}`,
  'a broken seal': (engine, { postId }) =>
    engine.sql`update public.content_items set content_digest = repeat('0', 64) where id = ${postId}`,
}

for (const [name, change] of Object.entries(changes)) {
  test(`${name} in the last second wins over what was made ready`, async ({ engine }) => {
    const { page, jobId, postId, working } = await aboutToLeave(engine, `Not with ${name}`)
    await change(engine, { postId, connectionId: page.connectionId })
    await working
    expect((await engine.job(jobId)).status).not.toBe('published')
    expect(await engine.sandbox.mutationsOf(page.pageId)).toEqual([])
  })
}

test('a new key in the last second is the one that is used', async ({ engine }) => {
  const { page, jobId, working } = await aboutToLeave(engine, 'With the new key')
  await engine.sql`
    insert into public.encrypted_secrets (tenant_id, connection_id, secret_type, secret_name, version, key_id, wrapped_key, encrypted_value, iv, auth_tag)
    select tenant_id, connection_id, secret_type, secret_name, version + 1, key_id, wrapped_key, encrypted_value, iv, auth_tag
    from public.encrypted_secrets where connection_id = ${page.connectionId} and secret_type = 'access_token'`
  await working
  // Sealed for another version, it does not open; the old one was not used.
  expect((await engine.job(jobId)).status).not.toBe('published')
  expect(await engine.sandbox.mutationsOf(page.pageId)).toEqual([])
})

test('a worker that is told to stop hands back what it has not begun', async ({ engine }) => {
  const stopping = new AbortController()
  const { jobId, page, working } = await aboutToLeave(engine, 'For the next worker', stopping.signal)
  stopping.abort()
  await working
  expect(await engine.sandbox.mutationsOf(page.pageId)).toEqual([])
  const [queued] = await engine.sql`
    select run_at <= now() as at_once from graphile_worker.jobs where key = 'publish:' || ${jobId}`
  expect(queued).toEqual({ at_once: true })
})

test('many at once: one that cannot begin holds no other up, and each is out once', async ({ engine }) => {
  const pages = await engine.connectPages(['Marrow Lane', 'Tidewater', 'Oat & Ember'])
  const connectionIds = pages.map(({ connectionId }) => connectionId)
  const { jobIds } = await engine.publish({ body: 'All of them', connectionIds })
  const paused = connectionIds[1] ?? ''
  await engine.asOwner((db) => db`select public.pause_publishing('connection', ${paused})`)
  const tasks = createTasks(engine.ports, 'another worker')
  afterThisTest(() => engine.asOwner((db) => db`select public.resume_publishing('connection', ${paused})`))
  const wake = (job_id: string) => [engine.tasks.publish_post({ job_id }), tasks.publish_post({ job_id })]
  await Promise.all(jobIds.flatMap(wake))
  const out = await Promise.all(
    pages.map(async ({ pageId }) => (await engine.sandbox.postsOn(pageId)).length),
  )
  expect(out).toEqual([1, 0, 1])
})

for (const guarded of [true, false]) {
  const out = guarded ? 1 : 2

  test(`${guarded ? 'with' : 'without'} its intent, a worker that dies after sending leaves the post out ${out} times`, async ({
    engine,
  }) => {
    const page = await engine.connectPage()
    const { jobIds } = await engine.publish({ body: 'Once', connectionIds: [page.connectionId] })
    const [jobId = ''] = jobIds
    if (!guarded) {
      await rewrite(engine, 'begin_publish_jobs', (sql) =>
        sql.replace('intent_at = at,', 'intent_at = null,'),
      )
    }
    const posts = async () => (await engine.sandbox.postsOn(page.pageId)).length
    const records = {
      ...engine.ports.records,
      jobs: { ...engine.ports.records.jobs, recordResult: () => new Promise<void>(() => {}) },
    }
    void createTasks({ ...engine.ports, records }, 'dies').publish_post({ job_id: jobId })
    await until('the send', async () => (await posts()) === 1)
    await engine.sql`
      update public.publish_jobs set lease_expires_at = now() - interval '1 second', settle_until = now() - interval '1 second' where id = ${jobId}`
    await until('the next worker', async () => {
      await engine.tasks.publish_post({ job_id: jobId })
      return (await engine.job(jobId)).status === 'published'
    })
    expect(await posts()).toBe(out)
  })
}
