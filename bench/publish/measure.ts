import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Logger, type RunnerOptions, run } from 'graphile-worker'
import type postgres from 'postgres'
import { createVault } from '#lib/connections/secrets.ts'
import { createLog } from '#worker/log.ts'
import type { Ports } from '#worker/ports.ts'
import { createRecords } from '#worker/records/records.ts'
import { connectRecords } from '#worker/records/sql.ts'
import { queueOptions, startQueueRunner } from '#worker/runner.ts'
import { createTasks } from '#worker/tasks/tasks.ts'
import type { Cell, Findings } from '../benchmark.ts'
import { quantile } from '../statistics.ts'
import { type Desk, fillJobs, foundDesk, schedulePosts } from './posts.ts'

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
    progress(`Filling in ${waiting} waiting and ${finished} finished jobs`)
    await fillJobs(root, { count: finished, finished: true })
    await fillJobs(root, { count: waiting, finished: false })
    const full = await measureOnce(bench)

    const sizes = { empty: 'none', full: `${waiting} waiting, ${finished} finished` }
    return {
      tables: [
        {
          title: `${BURST} posts due at one instant over ${ACCOUNTS} accounts, answered in ${ANSWER_MS} ms: from then until they are sent`,
          columns: ['jobs beside', 'p50 ms', 'p95 ms', 'p99 ms'],
          rows: [latenessRow(sizes.empty, empty), latenessRow(sizes.full, full)],
        },
        {
          title: `${BURST} posts answered at once, and ${BURST} jobs of graphile-worker that do nothing`,
          columns: [
            'jobs beside',
            'ms a post',
            'statements sent a post',
            'with those within functions',
            'ms in the database a post',
            'posts/s',
            'bare, ten at a time: jobs/s',
            'ratio',
            "bare, with the worker's options: jobs/s",
            'ratio ',
          ],
          rows: [costRow(sizes.empty, empty), costRow(sizes.full, full)],
        },
      ],
      budgets: [
        { name: 'start lateness, p50', limit: 1_000, seen: empty.lateness.p50, unit: 'ms' },
        { name: 'start lateness, p95', limit: 5_000, seen: empty.lateness.p95, unit: 'ms' },
        { name: 'start lateness, p99', limit: 15_000, seen: empty.lateness.p99, unit: 'ms' },
        {
          // A ratio of at least 0.3, said as a limit from above.
          name: 'bare graphile-worker, ten at a time, against the engine',
          limit: 3.33,
          seen: rounded(empty.barePerSecond / empty.perSecond),
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
  statementsSent: number
  statements: number
  databaseMs: number
  perSecond: number
  barePerSecond: number
  bareBatchedPerSecond: number
}

function latenessRow(beside: string, { lateness }: Measured): Cell[] {
  return [beside, lateness.p50, lateness.p95, lateness.p99]
}

function costRow(beside: string, of: Measured): Cell[] {
  const { perSecond, barePerSecond, bareBatchedPerSecond } = of
  return [
    beside,
    rounded(1_000 / perSecond),
    of.statementsSent,
    of.statements,
    of.databaseMs,
    Math.round(perSecond),
    Math.round(barePerSecond),
    rounded(perSecond / barePerSecond),
    Math.round(bareBatchedPerSecond),
    rounded(perSecond / bareBatchedPerSecond),
  ]
}

async function measureOnce(bench: Bench): Promise<Measured> {
  bench.progress('A burst, answered as a network does')
  await bench.sql`delete from private.rate_buckets`
  const burst = await publishAll(bench, { answerMs: ANSWER_MS, inMs: 8_000 })
  bench.progress('A burst, answered at once')
  await bench.sql`delete from private.rate_buckets`
  const { perSecond } = await publishAll(bench, { answerMs: 0, inMs: 0 })
  const [counted] = await bench.root`
    select sum(calls)::float as all, sum(calls) filter (where toplevel)::float as sent,
      sum(total_exec_time) filter (where toplevel)::float as ms
    from extensions.pg_stat_statements s
    join pg_database d on d.oid = s.dbid where d.datname = current_database() and s.query not ilike '%pg_stat_statements%'`
  bench.progress('The queue by itself')
  return {
    lateness: {
      p50: quantile(burst.lateMs, 0.5),
      p95: quantile(burst.lateMs, 0.95),
      p99: quantile(burst.lateMs, 0.99),
    },
    statementsSent: rounded(counted?.sent / BURST),
    statements: rounded(counted?.all / BURST),
    databaseMs: rounded(counted?.ms / BURST),
    perSecond,
    barePerSecond: await measureBareQueue(bench, { concurrency: 10, maxPoolSize: 10 }),
    bareBatchedPerSecond: await measureBareQueue(bench, queueOptions),
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

async function measureBareQueue({ sql, databaseUrl }: Bench, options: RunnerOptions): Promise<number> {
  await sql`
    select graphile_worker.add_job('bare', json_build_object('n', n), job_key := 'bare:' || n)
    from generate_series(1, ${BURST}) n`
  let done = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  const began = performance.now()
  const runner = await run({
    connectionString: databaseUrl,
    ...options,
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

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
