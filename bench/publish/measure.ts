import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Logger, run } from 'graphile-worker'
import type postgres from 'postgres'
import { createVault } from '#lib/connections/secrets.ts'
import { createLog } from '#worker/log.ts'
import type { Ports } from '#worker/ports.ts'
import { createRecords } from '#worker/records/records.ts'
import { connectRecords } from '#worker/records/sql.ts'
import { startQueueRunner } from '#worker/runner.ts'
import { createTasks } from '#worker/tasks/tasks.ts'
import { type Desk, fillJobs, foundDesk, schedulePosts } from './posts.ts'

type Cell = string | number | null
export type Findings = {
  tables: { title: string; columns: string[]; rows: Cell[][] }[]
  budgets: { name: string; limit: number; seen: number; unit: 'ms' | 'times' | 'rows' }[]
}

const ACCOUNTS = 200
const BURST = 1_000
/** A platform's usual answer to a post. */
const ANSWER_MS = 300

/**
 * How late posts leave that are due in the same minute, what the engine itself costs, and whether either grows
 * with what waits and what is done. Real queue, real SQL, real sealed tokens; the network is a pause.
 */
export async function measurePublishing({
  databaseUrl,
  superuserUrl,
  connect,
  progress,
  waiting = 1_000_000,
  finished = 100_000,
}: {
  databaseUrl: string
  superuserUrl: string
  connect(url: string): postgres.Sql
  progress(sentence: string): void
  waiting?: number
  finished?: number
}): Promise<Findings> {
  const sql = connectRecords(databaseUrl, { max: 4 })
  const root = connect(superuserUrl)
  try {
    await root`alter system set pg_stat_statements.track = 'all'`
    await root`select pg_reload_conf()`
    const vault = createVault(new Map([['bench', randomBytes(32)]]))
    const desk = await foundDesk(sql, vault, ACCOUNTS)
    const bench = { sql, root, databaseUrl, vault, desk, progress }

    const empty = await measureOnce(bench)
    progress(JSON.stringify(empty))
    progress(`Filling in ${waiting} waiting and ${finished} finished jobs`)
    await fillJobs(root, { count: finished, finished: true })
    await fillJobs(root, { count: waiting, finished: false })
    const full = await measureOnce(bench)
    progress(JSON.stringify(full))

    const row = (name: string, of: Measured): Cell[] => [
      name,
      of.lateness.p50,
      of.lateness.p95,
      of.lateness.p99,
      of.statements,
      of.overheadMs,
      of.perSecond,
      of.barePerSecond,
      of.ratio,
    ]
    return {
      tables: [
        {
          title: `${BURST} posts due at one instant over ${ACCOUNTS} accounts, answered in ${ANSWER_MS} ms; then ${BURST} answered at once`,
          columns: [
            'jobs beside',
            'p50 ms',
            'p95 ms',
            'p99 ms',
            'statements a job',
            'ms a job',
            'jobs/s',
            'bare queue, jobs/s',
            'ratio',
          ],
          rows: [row('none', empty), row(`${waiting} waiting, ${finished} finished`, full)],
        },
      ],
      budgets: [
        { name: 'start lateness, p50', limit: 1_000, seen: empty.lateness.p50, unit: 'ms' },
        { name: 'start lateness, p95', limit: 5_000, seen: empty.lateness.p95, unit: 'ms' },
        { name: 'start lateness, p99', limit: 15_000, seen: empty.lateness.p99, unit: 'ms' },
        {
          name: 'the bare queue against the engine',
          limit: 3.33,
          seen: rounded(1 / empty.ratio),
          unit: 'times',
        },
        {
          name: 'lateness p95 with a full table',
          limit: 2,
          seen: rounded(full.lateness.p95 / empty.lateness.p95),
          unit: 'times',
        },
        {
          name: 'time a job with a full table',
          limit: 2,
          seen: rounded(empty.perSecond / full.perSecond),
          unit: 'times',
        },
      ],
    }
  } finally {
    await Promise.all([sql.end({ timeout: 1 }), root.end({ timeout: 1 })])
  }
}

type Bench = {
  sql: postgres.Sql
  root: postgres.Sql
  databaseUrl: string
  vault: ReturnType<typeof createVault>
  desk: Desk
  progress(sentence: string): void
}
type Lateness = { p50: number; p95: number; p99: number }
type Measured = {
  lateness: Lateness
  statements: number
  overheadMs: number
  perSecond: number
  barePerSecond: number
  ratio: number
}

async function measureOnce(bench: Bench): Promise<Measured> {
  bench.progress('A burst, answered as a network does')
  await bench.sql`delete from private.rate_buckets`
  const burst = await publishAll(bench, { answerMs: ANSWER_MS, inMs: 8_000 })
  bench.progress('A burst, answered at once')
  await bench.sql`delete from private.rate_buckets`
  const bare = await publishAll(bench, { answerMs: 0, inMs: 0 })
  const [counted] = await bench.root`
    select sum(calls)::int as calls from extensions.pg_stat_statements s
    join pg_database d on d.oid = s.dbid where d.datname = current_database() and s.query not ilike '%pg_stat_statements%'`
  bench.progress('The queue by itself')
  const barePerSecond = await measureBareQueue(bench)
  return {
    lateness: quantiles(burst.lateMs),
    statements: Math.round(Number(counted?.calls) / BURST),
    overheadMs: rounded(1_000 / bare.perSecond),
    perSecond: Math.round(bare.perSecond),
    barePerSecond: Math.round(barePerSecond),
    ratio: rounded(bare.perSecond / barePerSecond),
  }
}

async function publishAll(
  { sql, root, databaseUrl, vault, desk }: Bench,
  { answerMs, inMs }: { answerMs: number; inMs: number },
) {
  const { jobIds, dueAt } = await schedulePosts(sql, desk, { count: BURST, inMs })
  // As autovacuum would have, which stands still here: it would measure itself.
  await root`vacuum analyze`
  await root`select extensions.pg_stat_statements_reset()`
  const startedAt: number[] = []
  const ports = benchPorts(sql, vault, async () => {
    startedAt.push(Date.now())
    if (answerMs > 0) await wait(answerMs)
  })
  const log = createLog({ write: () => {} })
  const began = performance.now()
  const runner = startQueueRunner({
    databaseUrl,
    tasks: createTasks(ports, 'bench'),
    log,
    onWorkerId: () => {},
  })
  await untilPublished(sql, jobIds)
  const tookMs = performance.now() - began
  await runner.stop()
  return { lateMs: startedAt.map((at) => at - dueAt.getTime()), perSecond: (BURST / tookMs) * 1_000 }
}

/** What a publish job touches; the rest is not asked for. */
function benchPorts(sql: postgres.Sql, vault: Bench['vault'], call: () => Promise<void>): Ports {
  let sent = 0
  const connector = {
    prepare: async () => ({
      kind: 'ready' as const,
      step: {
        step: 'publish',
        effect: 'publishing' as const,
        digest: '0'.repeat(64),
        settleMs: 180_000,
        send: async () => {
          await call()
          return {
            kind: 'published' as const,
            platformPostId: `${process.pid}_${performance.now()}_${sent++}`,
            permalink: null,
          }
        },
      },
    }),
  }
  const ports = {
    records: createRecords(sql, vault),
    connectors: () => connector,
    vault,
    clock: { now: () => new Date() },
    log: createLog({ write: () => {} }),
    publishing: { leaseMs: 30_000, httpTimeoutMs: 10_000, settleScale: 1, earlyLooksMs: [15_000, 60_000] },
  }
  // A bench has neither media nor mails.
  return ports as unknown as Ports
}

async function untilPublished(sql: postgres.Sql, jobIds: readonly string[]): Promise<void> {
  const deadline = Date.now() + 300_000
  while (Date.now() < deadline) {
    const [row] = await sql`
      select count(*)::int as left from public.publish_jobs
      where id = any (${[...jobIds]}) and status <> 'published'`
    if (row?.left === 0) return
    await wait(100)
  }
  throw new Error('Not all posts went out within five minutes.')
}

async function measureBareQueue({ sql, databaseUrl }: Bench): Promise<number> {
  await sql`
    select graphile_worker.add_job('bare', json_build_object('n', n), job_key := 'bare:' || n)
    from generate_series(1, ${BURST}) n`
  let done = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  const began = performance.now()
  const runner = await run({
    connectionString: databaseUrl,
    concurrency: 5,
    maxPoolSize: 8,
    noHandleSignals: true,
    parsedCronItems: [],
    logger: new Logger(() => () => {}),
    taskList: {
      bare: async () => {
        done += 1
        if (done === BURST) resolve()
      },
    },
  })
  await promise
  const perSecond = (BURST / (performance.now() - began)) * 1_000
  await runner.stop()
  return perSecond
}

function quantiles(values: readonly number[]): Lateness {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
