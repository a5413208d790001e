import { setTimeout as wait } from 'node:timers/promises'
import { createLog } from '#worker/log.ts'
import { createWorkers } from '#worker/records/workers.ts'
import { startQueueRunner } from '#worker/runner.ts'
import { startWatch } from '#worker/watch.ts'
import { afterThisTest, type Engine, expect, LATE_COMMIT_MS, LIST_LAG_MS, test } from './engine.ts'
import { type Fate, KillPlan, mortalTasks } from './kills.ts'

/** Whatever can befall the call that publishes, once. `mayRefuse`: a failure is then the truth. */
const FAULTS: { name: string; fault: Record<string, unknown> | null; mayRefuse?: true }[] = [
  { name: 'none', fault: null },
  { name: 'slow answer', fault: { kind: 'latency', ms: 120, accept: 'after' } },
  { name: '429', fault: { kind: 'rate_limit', status: 429 } },
  { name: '429, Retry-After', fault: { kind: 'rate_limit', status: 429, retry_after_s: 1 } },
  { name: '500 before', fault: { kind: 'server_error', accept: 'before' } },
  { name: '500 after', fault: { kind: 'server_error', accept: 'after' } },
  { name: '502 page after', fault: { kind: 'server_error', accept: 'after', status: 502, body: 'html' } },
  { name: 'code 2 after', fault: { kind: 'error', status: 400, code: 2, accept: 'after' } },
  {
    name: 'spam block after',
    fault: { kind: 'error', status: 400, code: 4, subcode: 2207051, accept: 'after' },
  },
  { name: 'drop before', fault: { kind: 'drop', accept: 'before' } },
  { name: 'drop after', fault: { kind: 'drop', accept: 'after' } },
  { name: 'down', fault: { kind: 'down' } },
  { name: 'late commit', fault: { kind: 'late_commit', after_ms: LATE_COMMIT_MS } },
  {
    name: 'late commit, 504',
    fault: { kind: 'late_commit', after_ms: LATE_COMMIT_MS, answer: 'gateway_timeout' },
  },
  { name: 'equal post, theirs', fault: { kind: 'error', status: 400, code: 506 }, mayRefuse: true },
  { name: 'token ended', fault: { kind: 'token', subcode: 463 }, mayRefuse: true },
  { name: 'right missing', fault: { kind: 'permission', code: 200 }, mayRefuse: true },
]

/** How many places a worker passes on a good day, found by a run without kills; 0 is: nobody dies. */
const TEXT_PLACES = 9
const PHOTO_PLACES = 16

const WORKERS = 3

type Case = {
  content: 'text' | 'photo'
  on: 'feed' | 'photos'
  fault: (typeof FAULTS)[number]
  place: number
  fate: Fate
}

/** Every fault with every place; a picture has two calls to befall, and its places take turns over the faults. */
function allCases(): Case[] {
  const deaths = FAULTS.flatMap((fault, n) => [
    ...places(TEXT_PLACES).map((place) => ({ content: 'text' as const, on: 'feed' as const, fault, place })),
    ...places(PHOTO_PLACES)
      .filter((place) => place === 0 || (place + n) % 2 === 0)
      .map((place) => ({
        content: 'photo' as const,
        on: (place + n) % 4 < 2 ? ('feed' as const) : ('photos' as const),
        fault,
        place,
      })),
  ])
  // Whoever wakes up after everything was done without them must do nothing more.
  const faints = deaths.filter(({ fault, place }) => place > 0 && FAINT_WITH.includes(fault.name))
  return [
    ...deaths.map((given): Case => ({ ...given, fate: 'dies' })),
    ...faints.map((given): Case => ({ ...given, fate: 'faints' })),
  ]
}

const FAINT_WITH = ['none', 'drop after']

function places(last: number): number[] {
  return Array.from({ length: last + 1 }, (_, place) => place)
}

test('whatever fails and whoever dies, a post is out once, is known to be out, and nothing is stuck', {
  timeout: 120_000,
}, async ({ engine }) => {
  const { sql, sandbox } = engine
  const cases = allCases()
  const picture = await engine.picture()
  const pages = await engine.connectPages(cases.map((_, n) => `Page ${n}`))
  await sandbox.arm({ kind: 'list_lag', ms: LIST_LAG_MS })
  const plan = new KillPlan()
  startMortals(engine, plan)

  const jobs = await inBatches(cases, 8, async (given, n) => {
    const page = pages[n]
    if (!page) throw new Error('a Page for each case')
    if (given.fault.fault) {
      const match = { method: 'POST', path: `*/${given.on}`, account_id: page.pageId }
      await sandbox.arm({ ...given.fault.fault, match })
    }
    const { jobIds } = await engine.publish({
      body: `Case ${n}`,
      connectionIds: [page.connectionId],
      mediaIds: given.content === 'photo' ? [picture] : [],
      beforeDue: ([jobId]) => plan.set(jobId ?? '', given.place, given.fate),
    })
    return { ...given, jobId: jobIds[0] ?? '', pageId: page.pageId }
  })
  await untilQuiet(sql)

  const planned = (fate: Fate) => cases.filter((given) => given.place > 0 && given.fate === fate).length

  const rows = await sql<
    { id: string; status: string; platform_post_id: string | null; last_error_code: string | null }[]
  >`select id, status, platform_post_id, last_error_code from public.publish_jobs`
  const byId = new Map(rows.map((row) => [row.id, row]))
  const out = Map.groupBy(await sandbox.allPosts(), ({ page_id }) => page_id)
  const wrong = jobs.flatMap((job) => {
    const row = byId.get(job.jobId)
    const posts = out.get(job.pageId) ?? []
    const published =
      row?.status === 'published' && posts.length === 1 && posts[0]?.id === row.platform_post_id
    const refused = row?.status === 'failed' && posts.length === 0 && job.fault.mayRefuse
    if (published || refused) return []
    const where = `${job.content}, ${job.fault.name} on ${job.on}, ${job.fate} at ${job.place}`
    return [`${where}: ${row?.status} (${row?.last_error_code}), ${posts.length} posts`]
  })
  console.log(
    `${jobs.length} jobs, ${FAULTS.length} faults, ${plan.met.dies} deaths, ${plan.met.faints} faints`,
  )
  expect(wrong).toEqual([])
  // A refusal ends a job before its last places; all other plans came true.
  expect(plan.met.dies).toBeGreaterThan(planned('dies') * 0.9)
  expect(plan.met.faints).toBe(planned('faints'))
})

function startMortals(engine: Engine, plan: KillPlan): void {
  const log = createLog({ write: () => {} })
  const watch = startWatch(createWorkers(engine.sql), { sweepMs: 500, keyIds: [], log })
  const runners = Array.from({ length: WORKERS }, (_, n) =>
    startQueueRunner({
      databaseUrl: engine.environment.DATABASE_URL,
      tasks: mortalTasks(plan, engine.ports, engine.environment, `mortal ${n}`),
      log,
      onWorkerId: (id) => watch.beatAs(id),
    }),
  )
  afterThisTest(async () => {
    await Promise.all(runners.map((runner) => runner.stop()))
    await watch.stop()
  })
}

async function untilQuiet(sql: Engine['sql']): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::int as waiting from public.publish_jobs
      where status in ('pending', 'scheduled', 'processing', 'outcome_unknown')`
    if (row?.waiting === 0 || Date.now() > deadline) return
    await wait(100)
  }
}

async function inBatches<In, Out>(
  items: readonly In[],
  width: number,
  act: (item: In, place: number) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = []
  for (let start = 0; start < items.length; start += width) {
    const batch = items.slice(start, start + width)
    results.push(...(await Promise.all(batch.map((item, n) => act(item, start + n)))))
  }
  return results
}
