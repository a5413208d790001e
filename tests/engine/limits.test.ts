import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { until } from '#tests/support/until.ts'
import { afterThisTest, type Engine, expect, test } from './engine.ts'

const recorded = z.object({ calls: z.array(z.object({ at: z.string(), account_id: z.string().nullable() })) })

/** When the platform saw each call to the account, oldest first. */
async function callTimes({ sandbox }: Engine, pageId: string): Promise<number[]> {
  const answer = await fetch(`${sandbox.url}/_sandbox/calls?account_id=${pageId}&limit=1000`)
  const { calls } = recorded.parse(await answer.json())
  return calls.map(({ at }) => Date.parse(at)).sort((one, other) => one - other)
}

/** The most calls that any window of this length holds. */
function busiest(times: readonly number[], windowMs: number): number {
  return Math.max(
    0,
    ...times.map((first) => times.filter((at) => at >= first && at < first + windowMs).length),
  )
}

/** Until the test is over, the network allows so many calls. */
async function allow({ sql }: Engine, limit: { requests: number; windowSeconds: number; app?: number }) {
  const [before] = await sql`select * from public.connector_platforms where platform_name = 'meta'`
  const app = { requests: limit.app ?? 40_000, window_seconds: limit.windowSeconds }
  await sql`
    update public.connector_platforms
    set rate_limit_requests = ${limit.requests}, rate_limit_window_seconds = ${limit.windowSeconds},
      limits = limits || ${sql.json({ app })}
    where platform_name = 'meta'`
  await sql`delete from private.rate_buckets`
  afterThisTest(async () => {
    await sql`
      update public.connector_platforms
      set rate_limit_requests = ${before?.rate_limit_requests}, rate_limit_window_seconds = ${before?.rate_limit_window_seconds},
        limits = ${sql.json(before?.limits)}
      where platform_name = 'meta'`
    await sql`delete from private.rate_buckets`
  })
}

async function statuses({ sql }: Engine, jobIds: readonly string[]) {
  return sql<{ id: string; status: string; published_at: Date | null }[]>`
    select id, status, published_at from public.publish_jobs where id = any (${[...jobIds]}) order by scheduled_for, id`
}

const allPublished = (engine: Engine, jobIds: readonly string[]) =>
  until(
    'all to be published',
    async () => (await statuses(engine, jobIds)).every(({ status }) => status === 'published'),
    25_000,
  )

test('two workers never exceed what an account may be called, and its posts leave in their order', async ({
  engine,
  startWorker,
}) => {
  const page = await engine.connectPage()
  await allow(engine, { requests: 8, windowSeconds: 2 })
  const jobIds: string[] = []
  for (const n of [1, 2, 3, 4, 5]) {
    const { jobIds: made } = await engine.publish({ body: `Number ${n}`, connectionIds: [page.connectionId] })
    jobIds.push(...made)
  }
  await Promise.all([startWorker(), startWorker()])
  await allPublished(engine, jobIds)

  const times = await callTimes(engine, page.pageId)
  expect(times.length).toBeGreaterThan(8)
  expect(busiest(times, 2_000)).toBeLessThanOrEqual(8)
  const out = await engine.sandbox.postsOn(page.pageId)
  const inOrder = out.map(({ message }) => message).sort()
  const byTime = (await statuses(engine, jobIds)).map(({ published_at }) => Number(published_at))
  expect(inOrder).toEqual(jobIds.map((_, n) => `Number ${n + 1}`))
  expect(byTime).toEqual([...byTime].sort((one, other) => one - other))
  const [counted] = await engine.sql`
    select max(attempt_count)::int as attempts from public.publish_jobs where id = any (${jobIds})`
  expect(counted).toEqual({ attempts: 1 })
})

test('nor what the app may call for all accounts together', async ({ engine, startWorker }) => {
  const pages = await engine.connectPages(Array.from({ length: 5 }, (_, n) => `Stall ${n}`))
  await allow(engine, { requests: 100, windowSeconds: 2, app: 8 })
  const { jobIds } = await engine.publish({
    body: 'Everywhere',
    connectionIds: pages.map(({ connectionId }) => connectionId),
  })
  await Promise.all([startWorker(), startWorker()])
  await allPublished(engine, jobIds)
  const times = (await Promise.all(pages.map(({ pageId }) => callTimes(engine, pageId)))).flat().sort()
  expect(busiest(times, 2_000)).toBeLessThanOrEqual(8)
})

test('a throttled account stands for every job of it until the time the network named', async ({
  engine,
}) => {
  const page = await engine.connectPage()
  const match = { method: 'POST', path: '*/feed', account_id: page.pageId }
  await engine.sandbox.arm({ kind: 'rate_limit', status: 429, retry_after_s: 2, match })
  const first = await engine.publish({ body: 'Throttled', connectionIds: [page.connectionId] })
  const second = await engine.publish({ body: 'Behind it', connectionIds: [page.connectionId] })
  const wakeAll = async () => {
    for (const id of [...first.jobIds, ...second.jobIds]) await engine.tasks.publish_post({ job_id: id })
  }
  await wakeAll()
  await wait(500)
  await wakeAll()
  expect(await engine.sandbox.mutationsOf(page.pageId)).toHaveLength(1)
  expect(await engine.job(second.jobIds[0] ?? '')).toMatchObject({
    status: 'scheduled',
    last_error_code: 'publish_limit_reached',
  })
  await until('both to be out', async () => {
    await wakeAll()
    return (await engine.sandbox.postsOn(page.pageId)).length === 2
  })
})

test('what a network takes in a day is not exceeded, and what is under way counts', async ({ engine }) => {
  const page = await engine.connectPage()
  const limits = { facebook: { posts_per_day: 2 } }
  const [before] =
    await engine.sql`select limits from public.connector_platforms where platform_name = 'meta'`
  await engine.sql`
    update public.connector_platforms
    set limits = jsonb_set(limits, '{facebook,posts_per_day}', ${engine.sql.json(limits.facebook.posts_per_day)})
    where platform_name = 'meta'`
  afterThisTest(
    () => engine.sql`
      update public.connector_platforms set limits = ${engine.sql.json(before?.limits)} where platform_name = 'meta'`,
  )
  const posts = []
  for (const n of [1, 2, 3]) {
    posts.push(await engine.publish({ body: `Of today ${n}`, connectionIds: [page.connectionId] }))
  }
  const [one = '', two = '', three = ''] = posts.flatMap(({ jobIds }) => jobIds)
  const match = { method: 'POST', path: '*/feed', account_id: page.pageId }
  await engine.tasks.publish_post({ job_id: one })
  await engine.sandbox.arm({ kind: 'drop', accept: 'after', match })
  await engine.tasks.publish_post({ job_id: two })
  await engine.tasks.publish_post({ job_id: three })
  expect(await engine.job(two)).toMatchObject({ status: 'outcome_unknown' })
  const held = await engine.job(three)
  expect(held).toMatchObject({ status: 'scheduled', last_error_code: 'publish_limit_reached' })
  expect(held.waits_ms).toBeGreaterThan(23 * 3_600_000)
  expect(await engine.sandbox.postsOn(page.pageId)).toHaveLength(2)
})

test('the parts of a file whose place is known are not counted as calls', async ({ engine }) => {
  const page = await engine.connectPage()
  const { jobIds } = await engine.publish({ body: 'Three parts', connectionIds: [page.connectionId] })
  const isSpent = async (at: { step: string; memo: Record<string, string> }) => {
    await engine.sql`delete from private.rate_buckets`
    await engine.sql`
      select private.spend_for(n, jsonb_populate_record(j, ${engine.sql.json(at)}), 2, interval '0')
      from public.publish_jobs j join public.connections n on n.id = j.connection_id where j.id = ${jobIds[0] ?? ''}`
    const [bucket] = await engine.sql`
      select free_at > now() + interval '5 seconds' as spent from private.rate_buckets where bucket = ${`meta:${page.pageId}`}`
    return bucket?.spent
  }
  expect(await isSpent({ step: 'upload', memo: { offset: '8388608' } })).toBe(false)
  expect(await isSpent({ step: 'upload', memo: {} })).toBe(true)
  expect(await isSpent({ step: 'publish', memo: { offset: '8388608' } })).toBe(true)
})
