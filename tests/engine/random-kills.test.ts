import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { until } from '#tests/support/until.ts'
import type { WorkerProcess } from '#tests/support/worker.ts'
import { CONTENTS, type Content, type Medium } from './cases.ts'
import { type Account, afterThisTest, type Engine, expect, LIST_LAG_MS, TIMES, test } from './engine.ts'
import { dealer, numbers, type Random } from './numbers.ts'

/** More of the same: ENGINE_POSTS=400 ENGINE_SEED=7 npx vitest run tests/engine/random-kills.test.ts --silent=false */
const POSTS = Number(process.env.ENGINE_POSTS ?? 22)
const SEED = Number(process.env.ENGINE_SEED ?? 1)

/** Low enough to hold posts back, and a window short enough to be met many times. */
const LIMIT = { calls: 14, appCalls: 120, windowS: 4 }

const usage = z.object({
  holders: z.record(
    z.string(),
    z.object({ calls: z.object({ busiest: z.number() }).optional(), refused: z.unknown().optional() }),
  ),
})

async function limitCalls({ sql }: Engine) {
  const app = { requests: LIMIT.appCalls, window_seconds: LIMIT.windowS }
  const [before] = await sql`
    select rate_limit_requests, rate_limit_window_seconds, limits from public.connector_platforms where platform_name = 'meta'`
  await sql`
    update public.connector_platforms
    set rate_limit_requests = ${LIMIT.calls}, rate_limit_window_seconds = ${LIMIT.windowS}, limits = limits || ${sql.json({ app })}
    where platform_name = 'meta'`
  await sql`delete from private.rate_buckets`
  afterThisTest(
    () => sql`
      update public.connector_platforms
      set rate_limit_requests = ${before?.rate_limit_requests}, rate_limit_window_seconds = ${before?.rate_limit_window_seconds},
        limits = ${sql.json(before?.limits)}
      where platform_name = 'meta'`,
  )
}

/** Three posts an account, of every format in turn. */
async function publishMany(engine: Engine, random: Random) {
  const media: Record<Medium, string[]> = {
    picture: [await engine.picture(), await engine.picture()],
    webp: [await engine.picture('webp')],
    film: [await engine.film()],
    parts: [],
  }
  const pairs = await engine.connectAccounts(
    Array.from({ length: Math.ceil(POSTS / 6) }, () => `Kiosk ${crypto.randomUUID().slice(0, 8)}`),
  )
  const accounts = new Map<Content['network'], () => Account>([
    [
      'facebook',
      dealer(
        pairs.map(({ facebook }) => facebook),
        random,
      ),
    ],
    [
      'instagram',
      dealer(
        pairs.map(({ instagram }) => instagram),
        random,
      ),
    ],
  ])
  const nextContent = dealer(CONTENTS, random)
  const posts: { content: Content; accountId: string; jobId: string }[] = []
  for (let n = 0; n < POSTS; n++) {
    const content = nextContent()
    const account = accounts.get(content.network)?.()
    if (!account) throw new Error('an account for each network')
    const { jobIds } = await engine.publish({
      body: `Number ${n}`,
      link: content.link,
      format: content.wish,
      connectionIds: [account.connectionId],
      mediaIds: content.media.map((medium, place) => media[medium][medium === 'picture' ? place : 0] ?? ''),
    })
    posts.push({ content, accountId: account.accountId, jobId: jobIds[0] ?? '' })
  }
  return posts
}

/** Kills one of them now and then, and puts another in its place, until it is told to stop. */
function killAtRandom(
  workers: WorkerProcess[],
  begin: () => Promise<WorkerProcess>,
  random: Random,
): { stop(): Promise<number> } {
  const stopping = new AbortController()
  let kills = 0
  async function go() {
    while (!stopping.signal.aborted) {
      await wait(400 + random() * 1_200, null, { signal: stopping.signal }).catch(() => null)
      if (stopping.signal.aborted) return
      const at = Math.floor(random() * workers.length)
      await workers[at]?.kill()
      kills++
      workers[at] = await begin()
    }
  }
  const gone = go()
  return {
    async stop() {
      stopping.abort()
      await gone
      return kills
    },
  }
}

for (const count of [2, 4]) {
  test(`${count} workers that are killed at random send each post once, and never exceed a limit`, {
    timeout: 120_000 + POSTS * 2_000,
  }, async ({ engine, startWorker }) => {
    const { sandbox, sql } = engine
    const random = numbers(SEED * count)
    await limitCalls(engine)
    await sandbox.setting({ image_processing_ms: 100, video_processing_ms: 400 })
    const lag = await sandbox.arm({ kind: 'list_lag', ms: LIST_LAG_MS })
    // So that a kill often meets a call whose answer is on its way.
    const slow = { kind: 'latency', ms: 150, accept: 'after', match: { method: 'POST' }, times: null }
    const slowness = await sandbox.arm(slow)
    await fetch(`${sandbox.url}/_sandbox/usage`, { method: 'DELETE' })
    const posts = await publishMany(engine, random)
    const jobIds = posts.map(({ jobId }) => jobId)

    const begin = () => startWorker(TIMES)
    const killing = killAtRandom(await Promise.all(Array.from({ length: count }, begin)), begin, random)
    const began = performance.now()
    await until(
      'all to come to an end',
      async () => {
        const [row] = await sql`
          select count(*)::int as open from public.publish_jobs
          where id = any (${jobIds}) and status in ('pending', 'scheduled', 'processing', 'outcome_unknown')`
        return row?.open === 0
      },
      60_000 + POSTS * 2_000,
    ).finally(() => killing.stop())
    const kills = await killing.stop()
    console.log(
      `${count} workers, seed ${SEED}: ${posts.length} posts, ${kills} kills in ${Math.round((performance.now() - began) / 1000)} s`,
    )

    const jobs = await sql<{ id: string; status: string; platform_post_id: string }[]>`
      select id, status, platform_post_id from public.publish_jobs where id = any (${jobIds})`
    const known = new Map(jobs.map((job) => [job.id, job]))
    const accountIds = new Set(posts.map(({ accountId }) => accountId))
    const out = (await sandbox.everything()).filter(({ account_id }) => accountIds.has(account_id))
    expect(jobs.filter(({ status }) => status !== 'published')).toEqual([])
    expect(out.map(({ id, account_id }) => `${account_id} ${id}`).sort()).toEqual(
      posts.map(({ accountId, jobId }) => `${accountId} ${known.get(jobId)?.platform_post_id}`).sort(),
    )
    expect(kills).toBeGreaterThan(1)

    const counted = await fetch(`${sandbox.url}/_sandbox/usage?window_s=${LIMIT.windowS}`)
    const { holders } = usage.parse(await counted.json())
    const busiest = [...accountIds].map((id) => holders[id]?.calls?.busiest ?? 0)
    console.log(`Busiest account: ${Math.max(...busiest)} of ${LIMIT.calls} calls in ${LIMIT.windowS} s`)
    expect(Math.max(...busiest)).toBeLessThanOrEqual(LIMIT.calls)
    await sandbox.disarmOne(lag.id)
    await sandbox.disarmOne(slowness.id)
  })
}
