import { until } from '#tests/support/until.ts'
import { type Engine, expect, test } from './engine.ts'

type Switch = 'tenant' | 'brand' | 'connection'

async function pause(engine: Engine, scope: Switch, id: string, reason: string | null = null) {
  const [row] = await engine.asOwner(
    (db) => db`select public.pause_publishing(${scope}, ${id}, ${reason}) as since`,
  )
  return row?.since as Date | null
}

async function resume(engine: Engine, scope: Switch, id: string): Promise<number> {
  const [row] = await engine.asOwner((db) => db`select public.resume_publishing(${scope}, ${id}) as jobs`)
  return Number(row?.jobs)
}

async function tenantOf(engine: Engine): Promise<string> {
  const [row] = await engine.sql<{ id: string }[]>`
    select tenant_id as id from public.brands where id = ${engine.brandId}`
  return row?.id ?? ''
}

async function publishOne(engine: Engine, body: string) {
  const page = await engine.connectPage()
  const { jobIds, postId } = await engine.publish({ body, connectionIds: [page.connectionId] })
  return { page, postId, jobId: jobIds[0] ?? '' }
}

const wake = (engine: Engine, jobId: string) => engine.tasks.publish_post({ job_id: jobId })

for (const scope of ['tenant', 'brand', 'connection'] as const) {
  test(`a paused ${scope} sends nothing, nobody is woken in vain, and resuming sends it`, async ({
    engine,
  }) => {
    const { page, jobId } = await publishOne(engine, `Held by the ${scope}`)
    const id = { tenant: await tenantOf(engine), brand: engine.brandId, connection: page.connectionId }[scope]

    expect(await pause(engine, scope, id, 'The client is in the news')).toBeInstanceOf(Date)
    expect(await pause(engine, scope, id)).toBeNull()
    await wake(engine, jobId)
    expect(await engine.job(jobId)).toMatchObject({ status: 'scheduled', last_error_code: null })
    expect(await engine.sandbox.mutationsOf(page.pageId)).toEqual([])

    await engine.sql`update public.publish_jobs set scheduled_for = now() - interval '1 hour' where id = ${jobId}`
    const [swept] =
      await engine.sql`select count(*)::int as jobs from private.explain_stuck_jobs() where job_id = ${jobId}`
    expect(swept).toEqual({ jobs: 0 })

    expect(await resume(engine, scope, id)).toBe(1)
    expect(await resume(engine, scope, id)).toBe(0)
    await wake(engine, jobId)
    expect(await engine.job(jobId)).toMatchObject({ status: 'published' })
    expect(await engine.sandbox.postsOn(page.pageId)).toHaveLength(1)

    const audited = await engine.sql`
      select action, resource_type, metadata ->> 'reason' as reason from public.audit_logs
      where action like 'publishing.%' and resource_id = ${id} order by seq`
    expect(audited).toMatchObject([
      { action: 'publishing.paused', reason: 'The client is in the news' },
      { action: 'publishing.resumed' },
    ])
  })
}

test('resuming one switch leaves what another holds, and the last one lets it go', async ({ engine }) => {
  const { page, jobId } = await publishOne(engine, 'Held twice')
  await pause(engine, 'brand', engine.brandId)
  await pause(engine, 'connection', page.connectionId)
  expect(await resume(engine, 'brand', engine.brandId)).toBe(0)
  await wake(engine, jobId)
  expect(await engine.job(jobId)).toMatchObject({ status: 'scheduled' })
  expect(await resume(engine, 'connection', page.connectionId)).toBe(1)
  await wake(engine, jobId)
  expect(await engine.job(jobId)).toMatchObject({ status: 'published' })
})

test('what came due meanwhile leaves in its order, each account by itself, spaced as the network allows', async ({
  engine,
}) => {
  const pages = await engine.connectPages(['Marrow Lane', 'Tidewater'])
  const jobIds: string[] = []
  await pause(engine, 'brand', engine.brandId)
  for (const n of [0, 1, 2]) {
    const { jobIds: made } = await engine.publish({
      body: `Overdue ${n}`,
      connectionIds: pages.map(({ connectionId }) => connectionId),
    })
    jobIds.push(...made)
    // The first made is the latest due.
    await engine.sql`
      update public.publish_jobs set scheduled_for = now() - make_interval(mins => ${10 + n}) where id = any (${made})`
  }
  expect(await resume(engine, 'brand', engine.brandId)).toBe(6)

  const rows = await engine.sql<{ account: string; wait_s: number; run_s: number }[]>`
    select j.connection_id as account, round(extract(epoch from j.next_retry_at - min(j.next_retry_at) over ()))::int as wait_s,
      round(extract(epoch from q.run_at - j.next_retry_at))::int as run_s
    from public.publish_jobs j join graphile_worker.jobs q on q.key = 'publish:' || j.id
    where j.id = any (${jobIds}) order by j.scheduled_for`
  const [limit] = await engine.sql`
    select (rate_limit_window_seconds / rate_limit_requests) as gap from public.connector_platforms where platform_name = 'meta'`
  for (const { connectionId } of pages) {
    const waits = rows.filter(({ account }) => account === connectionId).map(({ wait_s }) => wait_s)
    expect(waits).toEqual([0, limit?.gap, 2 * limit?.gap])
  }
  expect(rows.map(({ run_s }) => run_s)).toEqual([0, 0, 0, 0, 0, 0])
})

test('a post more than a day late does not go out by surprise: it fails, says why, and a person sends it', async ({
  engine,
}) => {
  const { page, jobId } = await publishOne(engine, 'Yesterday’s soup')
  await pause(engine, 'connection', page.connectionId)
  await engine.sql`update public.publish_jobs set scheduled_for = now() - interval '25 hours' where id = ${jobId}`
  expect(await resume(engine, 'connection', page.connectionId)).toBe(0)
  await wake(engine, jobId)
  expect(await engine.job(jobId)).toMatchObject({ status: 'failed', last_error_code: 'publish_missed' })
  expect(await engine.sandbox.mutationsOf(page.pageId)).toEqual([])

  const [retried] = await engine.asOwner((db) => db`select public.retry_job(${jobId}) as id`)
  await wake(engine, String(retried?.id))
  expect(await engine.job(String(retried?.id))).toMatchObject({ status: 'published' })
  expect(await engine.sandbox.postsOn(page.pageId)).toHaveLength(1)
})

test('nor does it after an outage of the workers', async ({ engine }) => {
  const { page, jobId } = await publishOne(engine, 'Nobody was there')
  await engine.sql`update public.publish_jobs set scheduled_for = now() - interval '25 hours' where id = ${jobId}`
  await wake(engine, jobId)
  expect(await engine.job(jobId)).toMatchObject({ status: 'failed', last_error_code: 'publish_missed' })
  expect(await engine.sandbox.mutationsOf(page.pageId)).toEqual([])
})

test('pausing while a post is under way lets it be finished, a lost answer is still looked for, and what a dead worker held waits', async ({
  engine,
}) => {
  const { page, jobId } = await publishOne(engine, 'Already out')
  const match = { method: 'POST', path: '*/feed', account_id: page.pageId }
  await engine.sandbox.arm({ kind: 'drop', accept: 'after', match })
  await wake(engine, jobId)
  expect(await engine.job(jobId)).toMatchObject({ status: 'outcome_unknown' })
  await pause(engine, 'connection', page.connectionId)
  await until('the look', async () => {
    await wake(engine, jobId)
    return (await engine.job(jobId)).status === 'published'
  })

  const second = await engine.publish({ body: 'Not begun', connectionIds: [page.connectionId] })
  const [heldId = ''] = second.jobIds
  await engine.sql`
    update public.publish_jobs set status = 'processing', lease_token = gen_random_uuid(), leased_by = 'dead',
      lease_expires_at = now() - interval '1 second' where id = ${heldId}`
  await wake(engine, heldId)
  expect(await engine.job(heldId)).toMatchObject({ status: 'scheduled' })
  expect(await resume(engine, 'connection', page.connectionId)).toBe(1)
  await wake(engine, heldId)
  expect(await engine.job(heldId)).toMatchObject({ status: 'published' })
  expect(await engine.sandbox.postsOn(page.pageId)).toHaveLength(2)
})
