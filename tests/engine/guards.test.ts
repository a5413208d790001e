import { until } from '#tests/support/until.ts'
import type { Ports } from '#worker/ports.ts'
import { createTasks } from '#worker/tasks/tasks.ts'
import { afterThisTest, type Engine, expect, LATE_COMMIT_MS, LIST_LAG_MS, test } from './engine.ts'

/**
 * Each guard against publishing twice, taken away in turn, while the same thing happens as with it: only then is
 * the post out twice. A guard that could go unnoticed would prove nothing elsewhere.
 */

async function publishOne(engine: Engine) {
  const page = await engine.connectPage()
  const { jobIds } = await engine.publish({ body: 'Once', connectionIds: [page.connectionId] })
  const [jobId = ''] = jobIds
  await engine.sql`select graphile_worker.remove_job('publish:' || ${jobId})`
  const posts = async () => (await engine.sandbox.postsOn(page.pageId)).length
  const arm = (fault: Record<string, unknown>) =>
    engine.sandbox.arm({ ...fault, match: { method: 'POST', path: '*/feed', account_id: page.pageId } })
  return { page, jobId, posts, arm }
}

async function workUntilPublished(engine: Engine, jobId: string, ports: Ports = engine.ports) {
  const tasks = createTasks(ports, 'guards')
  await until('the job to end', async () => {
    await tasks.publish_post({ job_id: jobId })
    return (await engine.job(jobId)).status === 'published'
  })
}

/** Claims, records the intent, and sends for good, as one worker would before it files the result. */
async function sendWithoutResult({ ports }: Engine, jobId: string, { reallySend = true } = {}) {
  const { jobs, secrets } = ports.records
  const { leaseMs, httpTimeoutMs } = ports.publishing
  const claim = await jobs.claim(jobId, { workerId: 'guards', leaseMs })
  if (!claim) throw new Error('no claim')
  const token = (await secrets.accessToken(claim)) ?? ''
  const cannot = () => Promise.reject(new Error('a text has no media'))
  const media = { photo: cannot, video: cannot, publicUrl: cannot }
  const prepared = await ports.connectors('meta').prepare({ ...claim, token, ...media })
  if (prepared.kind !== 'ready') throw new Error('not ready')
  const { step } = prepared
  if (!(await jobs.recordIntent(claim, { step, httpTimeoutMs, settleMs: 0 }))) throw new Error('no intent')
  return { claim, outcome: reallySend ? await step.send(httpTimeoutMs) : null }
}

/** The lease of a worker that is gone has ended, and so has the time a look must wait. */
async function itsTimeIsOver({ sql }: Engine, jobId: string) {
  await sql`
    update public.publish_jobs
    set lease_expires_at = now() - interval '1 second', settle_until = now() - interval '1 second', next_retry_at = null
    where id = ${jobId}`
}

/** Until the test is over, the function is what `change` makes of it. */
async function rewrite({ sql }: Engine, name: string, change: (definition: string) => string) {
  const [row] = await sql<
    { definition: string }[]
  >`select pg_get_functiondef(${`private.${name}`}::regproc) as definition`
  const original = row?.definition ?? ''
  const changed = change(original)
  expect(changed).not.toBe(original)
  await sql.unsafe(changed)
  afterThisTest(() => sql.unsafe(original))
}

for (const guarded of [true, false]) {
  const how = guarded ? 'with' : 'without'
  const out = guarded ? 1 : 2

  test(`${how} the fence, the late word of a worker thought dead leaves the post out ${out} times`, async ({
    engine,
  }) => {
    const { jobId, posts } = await publishOne(engine)
    if (!guarded) {
      await rewrite(engine, 'fenced_job', (sql) => sql.replace('and j.fence = fenced_job.fence', ''))
    }
    const first = await sendWithoutResult(engine, jobId, { reallySend: false })
    await itsTimeIsOver(engine, jobId)
    await engine.tasks.publish_post({ job_id: jobId }) // looks: it is not there
    await itsTimeIsOver(engine, jobId)
    const second = await sendWithoutResult(engine, jobId)
    const late = { kind: 'unsent', code: 'platform_busy', message: '429, an age ago' } as const
    await engine.ports.records.jobs.recordResult(first.claim, late, [])
    if (second.outcome) await engine.ports.records.jobs.recordResult(second.claim, second.outcome, [])
    await engine.sql`update public.publish_jobs set next_retry_at = null where id = ${jobId}`
    await workUntilPublished(engine, jobId)
    expect(await posts()).toBe(out)
  })

  test(`${how} the intent, a worker that dies after sending leaves the post out ${out} times`, async ({
    engine,
  }) => {
    const { jobId, posts } = await publishOne(engine)
    if (!guarded) {
      await rewrite(engine, 'record_intent', (sql) =>
        sql
          .replace('where j.id = record_intent.job_id and j.fence', 'where false and j.fence')
          .replace('return false', 'return true'),
      )
    }
    await sendWithoutResult(engine, jobId)
    await itsTimeIsOver(engine, jobId)
    await engine.tasks.publish_post({ job_id: jobId })
    expect(await posts()).toBe(out)
  })

  test(`${how} the settle window, a late commit leaves the post out ${out} times`, async ({ engine }) => {
    const { jobId, posts, arm } = await publishOne(engine)
    await arm({ kind: 'late_commit', after_ms: LATE_COMMIT_MS + LIST_LAG_MS })
    const publishing = { ...engine.ports.publishing, ...(guarded ? {} : { settleScale: 1e-6 }) }
    const tasks = createTasks({ ...engine.ports, publishing }, 'guards')
    await until('the job to end', async () => {
      await tasks.publish_post({ job_id: jobId })
      // No waiting between tries, so that only the window stands between a look and the next send.
      await engine.sql`update public.publish_jobs set next_retry_at = null where id = ${jobId} and next_retry_at > now()`
      return (await engine.job(jobId)).status === 'published'
    })
    await until('the late commit', async () => (await posts()) >= out)
    expect(await posts()).toBe(out)
  })

  test(`${how} reconciling, a lost answer leaves the post out ${out} times`, async ({ engine }) => {
    const { jobId, posts, arm } = await publishOne(engine)
    await arm({ kind: 'drop', accept: 'after' })
    const connectors: Ports['connectors'] = (platform) => ({
      ...engine.ports.connectors(platform),
      ...(guarded ? {} : { findPublished: async () => ({ kind: 'read', candidates: [] }) }),
    })
    await workUntilPublished(engine, jobId, { ...engine.ports, connectors })
    expect(await posts()).toBe(out)
  })
}
