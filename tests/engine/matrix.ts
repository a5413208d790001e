import { setTimeout as wait } from 'node:timers/promises'
import { createLog } from '#worker/log.ts'
import { createMediaStorage } from '#worker/media/storage.ts'
import type { Ports } from '#worker/ports.ts'
import { createWorkers } from '#worker/records/workers.ts'
import { repeat } from '#worker/repeat.ts'
import { startQueueRunner } from '#worker/runner.ts'
import { startWatch } from '#worker/watch.ts'
import { type Case, type Content, describeCase, EVERY_CONTENT, type Medium, type Path } from './cases.ts'
import { type Account, type Accounts, afterThisTest, type Engine, LIST_LAG_MS } from './engine.ts'
import { KillPlan, mortalTasks } from './kills.ts'
import { HTTP_TIMEOUT_MS } from './times.ts'

const MINUTE_MS = 60_000
/** The database's clock counts; a worker's own may be wrong by this much. */
const SKEWS_MS = [0, -5 * MINUTE_MS, 5 * MINUTE_MS]

const LEASE_MS = 4_500

/** A film that goes up in two parts. */
const LONG_FILM_BYTES = 9 * 1024 * 1024

/** So many posts are under way at a time: enough to keep the processor busy while others wait, and no crowd. */
const AT_ONCE = 64
const BEGUN_AT_ONCE = 8
/** From then on a job waits as long as it would: it is the machine that is too slow. */
const HURRIED_TRIES = 3
/** What has not ended by then is stuck. */
const PATIENCE_MS = 150_000

/** What must not be, and how often it was: each line names its case. */
export type Verdict = {
  lost: string[]
  twice: string[]
  wronglyFailed: string[]
  stuck: string[]
  /** A person is asked although the network could tell. */
  asked: string[]
}

type Job = Case & { jobId: string; account: Account; startedAt: number; faultId: string | null }

/** The workers of a whole test, who are killed and come back. */
export class Matrix {
  readonly plan = new KillPlan()
  /** How many of the armed faults struck. */
  struck = 0
  readonly #engine: Engine
  readonly #media: Readonly<Record<Medium, readonly string[]>>
  readonly #accounts: Accounts[] = []
  #connected = 0

  private constructor(engine: Engine, media: Readonly<Record<Medium, readonly string[]>>) {
    this.#engine = engine
    this.#media = media
  }

  static async start(engine: Engine): Promise<Matrix> {
    const media = {
      picture: [await engine.picture(), await engine.picture()],
      webp: [await engine.picture('webp')],
      film: [await engine.film()],
      parts: [await engine.film({ sizeBytes: LONG_FILM_BYTES })],
    }
    const matrix = new Matrix(engine, media)
    await engine.sandbox.setting({
      image_processing_ms: 60,
      video_processing_ms: 250,
      app_calls_per_hour: 100_000_000,
    })
    await engine.sandbox.arm({ kind: 'list_lag', ms: LIST_LAG_MS })
    // What limits do is proved by itself; here they would only slow things down.
    await engine.sql`
      update public.connector_platforms
      set rate_limit_requests = 100000, max_retry_attempts = 8, limits = limits || '{"app": {"requests": 100000000, "window_seconds": 3600}}'
      where platform_name = 'meta'`
    matrix.#startMortals()
    return matrix
  }

  #startMortals(): void {
    const { sql, environment } = this.#engine
    const ports = unhurried(this.#engine)
    const log = createLog({ write: () => {} })
    const watch = startWatch(createWorkers(sql), { sweepMs: 500, keyIds: [], log })
    const runners = SKEWS_MS.map((skewMs, n) =>
      startQueueRunner({
        databaseUrl: environment.DATABASE_URL,
        tasks: mortalTasks(this.plan, ports, environment, { name: `mortal ${n}`, skewMs }),
        log,
        onWorkerId: (id) => watch.beatAs(id),
      }),
    )
    const hurrying = repeat('hurrying', 500, log, () => this.#hurry())
    afterThisTest(async () => {
      await hurrying.stop()
      await Promise.all(runners.map((runner) => runner.stop()))
      await watch.stop()
    })
  }

  /** Minutes between the first tries prove nothing. Settle windows stay as they are: looks before their end may not conclude. */
  async #hurry(): Promise<void> {
    const { sql } = this.#engine
    await sql`update private.rate_buckets set blocked_until = null where blocked_until > now() + interval '1 second'`
    await sql`
      with impatient as (
        update public.publish_jobs j set next_retry_at = now() + interval '300 milliseconds'
        where j.status = 'scheduled' and j.next_retry_at > now() + interval '600 milliseconds'
          and jsonb_array_length(j.error_history) < ${HURRIED_TRIES}
        returning j
      )
      select private.wake_job(j, (j).next_retry_at) from impatient`
    await sql`
      with impatient as (
        update public.publish_jobs j set next_look_at = now() + interval '300 milliseconds'
        where j.status = 'outcome_unknown' and j.settle_until < now() and j.next_look_at > now() + interval '600 milliseconds'
        returning j
      )
      select private.wake_job(j, (j).next_look_at) from impatient`
    // As people do whose account's key ended: what stood goes on.
    const back = await sql<{ id: string }[]>`
      update public.connections set status = 'active', requires_reconnect = false where requires_reconnect returning id`
    if (back.length > 0) await sql`select private.release_due_jobs(${back.map(({ id }) => id)}::uuid[])`
  }

  /** Seen on one untroubled post of each content. */
  async explore(): Promise<ReadonlyMap<Content, Path>> {
    const none = { name: 'none', fault: null }
    const calm = EVERY_CONTENT.map(
      (content): Case => ({ content, on: 'POST', skip: 0, fault: none, fate: 'dies', places: [] }),
    )
    const jobs = await this.#run(calm)
    const wrong = Object.values(await this.#judge(jobs)).flat()
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
    const paths = new Map<Content, Path>()
    for (const { content, jobId, account } of jobs) {
      const calls = await this.#engine.sandbox.callsOf(account.accountId)
      const writes = calls.filter(({ method }) => method === 'POST').length
      paths.set(content, { places: this.plan.passed(jobId), writes, reads: calls.length - writes })
    }
    return paths
  }

  /** One post a case. What is judged is what stands at the very end: nobody comes late with a second one. */
  async play(cases: readonly Case[]): Promise<Verdict> {
    return this.#judge(await this.#run(cases))
  }

  async #run(cases: readonly Case[]): Promise<Job[]> {
    const waiting = [...cases]
    const open = new Map<string, Job>()
    const jobs: Job[] = []
    while (waiting.length > 0 || open.size > 0) {
      const next = waiting.splice(0, Math.min(BEGUN_AT_ONCE, AT_ONCE - open.size))
      const accounts = await this.#accountsFor(next.length)
      const begun = await Promise.all(next.map((given, n) => this.#begin(given, accounts[n])))
      for (const job of begun) open.set(job.jobId, job)
      jobs.push(...begun)
      if (next.length < BEGUN_AT_ONCE) await wait(200)
      for (const jobId of await this.#ended([...open.values()])) open.delete(jobId)
    }
    return jobs
  }

  async #accountsFor(count: number): Promise<(Accounts | undefined)[]> {
    while (this.#accounts.length < count) {
      const names = Array.from({ length: 50 }, () => `Stall ${++this.#connected}`)
      this.#accounts.push(...(await this.#engine.connectAccounts(names)))
    }
    return this.#accounts.splice(0, count)
  }

  async #begin(given: Case, accounts: Accounts | undefined): Promise<Job> {
    const { content, fault, on, skip, places, fate } = given
    const account = accounts?.[content.network]
    if (!account) throw new Error('an account for each case')
    const match = { method: on, account_id: account.accountId }
    const faultId = fault.fault && (await this.#engine.sandbox.arm({ ...fault.fault, skip, match })).id
    const taken = new Map<Medium, number>()
    const next = (medium: Medium) => {
      const n = taken.get(medium) ?? 0
      taken.set(medium, n + 1)
      return this.#media[medium][n] ?? ''
    }
    const { jobIds } = await this.#engine.publish({
      body: `Seen on ${account.accountId}`,
      link: content.link,
      format: content.wish,
      connectionIds: [account.connectionId],
      mediaIds: content.media.map(next),
      beforeDue: ([jobId = '']) => this.plan.set(jobId, places, fate),
    })
    const [jobId = ''] = jobIds
    return { ...given, jobId, account, faultId, startedAt: performance.now() }
  }

  /** Those that came to an end, and those that will not. */
  async #ended(open: readonly Job[]): Promise<string[]> {
    const rows = await this.#engine.sql<{ id: string }[]>`
      select id from public.publish_jobs
      where id = any (${open.map(({ jobId }) => jobId)}) and status not in ('pending', 'scheduled', 'processing', 'outcome_unknown')`
    const late = open.filter(({ startedAt }) => performance.now() - startedAt > PATIENCE_MS)
    const ended = new Set([...rows.map(({ id }) => id), ...late.map(({ jobId }) => jobId)])
    const { sandbox } = this.#engine
    for (const { jobId, faultId } of open) {
      if (ended.has(jobId) && faultId && !(await sandbox.disarmOne(faultId))) this.struck++
    }
    return [...ended]
  }

  async #judge(jobs: readonly Job[]): Promise<Verdict> {
    // Whatever was under way is through: a late commit, a frozen worker that wakes up.
    await wait(2_000)
    const rows = await this.#engine.sql<Row[]>`
      select id, status, content_type, platform_post_id, last_error_code from public.publish_jobs
      where id = any (${jobs.map(({ jobId }) => jobId)})`
    const byId = new Map(rows.map((row) => [row.id, row]))
    const out = Map.groupBy(await this.#engine.sandbox.everything(), ({ account_id }) => account_id)
    const verdict: Verdict = { lost: [], twice: [], wronglyFailed: [], stuck: [], asked: [] }
    for (const job of jobs) {
      const row = byId.get(job.jobId)
      const posts = out.get(job.account.accountId) ?? []
      const fault = faultOf(job, row, posts)
      const seen = `${row?.content_type} ${row?.status} (${row?.last_error_code}), ${posts.length} posts`
      if (fault) verdict[fault].push(`${describeCase(job)}: ${seen}; ${await this.#trailOf(job.jobId)}`)
    }
    return verdict
  }

  /** What its log says happened, for whoever reads why. */
  async #trailOf(jobId: string): Promise<string> {
    const [row] = await this.#engine.sql<{ trail: string }[]>`
      select string_agg(concat_ws(' ', kind, step, status, error_code, error_message), ', ' order by created_at, id) as trail
      from public.publishing_logs where job_id = ${jobId}`
    return row?.trail ?? ''
  }
}

/** A worker's time-outs on a machine that does much else: what takes long here is not meant to. */
function unhurried({ ports, environment }: Engine): Ports {
  const publishing = { ...ports.publishing, leaseMs: LEASE_MS, httpTimeoutMs: HTTP_TIMEOUT_MS }
  const { SUPABASE_URL: url, SUPABASE_SECRET_KEY: secretKey } = environment
  return { ...ports, publishing, storage: createMediaStorage({ url, secretKey, timeoutMs: LEASE_MS }) }
}

type Row = {
  id: string
  status: string
  content_type: string
  platform_post_id: string | null
  last_error_code: string | null
}

function faultOf(given: Case, row: Row | undefined, posts: readonly { id: string }[]): keyof Verdict | null {
  const isOut = posts.length > 0
  if (posts.length > 1) return 'twice'
  if (!row || row.content_type !== given.content.format) return 'lost'
  if (row.status === 'published') return posts[0]?.id === row.platform_post_id ? null : 'lost'
  if (row.status === 'outcome_unknown') return 'asked'
  if (row.status === 'failed' && !isOut && given.fault.mayRefuse) return null
  return ['failed', 'dlq', 'cancelled'].includes(row.status) ? 'wronglyFailed' : 'stuck'
}
