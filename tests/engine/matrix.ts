import { setTimeout as wait } from 'node:timers/promises'
import { createLog } from '#worker/log.ts'
import { createWorkers } from '#worker/records/workers.ts'
import { startQueueRunner } from '#worker/runner.ts'
import { startWatch } from '#worker/watch.ts'
import { afterThisTest, type Engine, LATE_COMMIT_MS, LIST_LAG_MS, type Page } from './engine.ts'
import { type Fate, KillPlan, mortalTasks } from './kills.ts'

type Fault = { name: string; fault: Record<string, unknown> | null; mayRefuse?: true }

/** Whatever can befall the call that publishes, once. `mayRefuse`: a failure is then the truth. */
export const FAULTS: readonly Fault[] = [
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
  { name: 'token ended', fault: { kind: 'token', subcode: 463 } },
  { name: 'right missing', fault: { kind: 'permission', code: 200 }, mayRefuse: true },
]

/** Pictures a post of this content type has, and the calls that a fault can befall. */
const CONTENTS = {
  text: { pictures: 0, link: null, calls: ['feed'] },
  link: { pictures: 0, link: 'https://oatandember.example/menu', calls: ['feed'] },
  image: { pictures: 1, link: null, calls: ['feed', 'photos'] },
  carousel: { pictures: 2, link: null, calls: ['feed', 'photos'] },
} as const
type Content = keyof typeof CONTENTS
export const CONTENT_TYPES = Object.keys(CONTENTS) as Content[]

export type Case = {
  content: Content
  call: string
  fault: Fault
  fate: Fate
  /** Where workers meet it; none: nobody dies. A second one comes while the first is recovered from. */
  places: readonly number[]
}

/** How many places the workers of an untroubled post pass. */
export type Places = Readonly<Record<Content, number>>

/** Every fault on every call with every place where a worker can die. */
export function allCases(places: Places): Case[] {
  return CONTENT_TYPES.flatMap((content) =>
    CONTENTS[content].calls.flatMap((call) =>
      FAULTS.flatMap((fault) =>
        Array.from({ length: places[content] + 1 }, (_, place) => ({
          content,
          call,
          fault,
          fate: 'dies' as const,
          places: place === 0 ? [] : [place],
        })),
      ),
    ),
  )
}

const FAINT_WITH = ['none', 'drop after']

/** So many of all cases, chosen by the seed: some die a second time, and some only faint and wake up too late. */
export function chooseCases(places: Places, { seed, count }: { seed: number; count: number }): Case[] {
  const random = numbers(seed)
  const shuffled = allCases(places)
    .map((given) => ({ given, at: random() }))
    .sort((one, other) => one.at - other.at)
  return Array.from({ length: count }, (_, n) => {
    const given = shuffled[n % shuffled.length]?.given
    if (!given) throw new Error('no case')
    const [place] = given.places
    if (place === undefined) return given
    const kind = random()
    // Whoever wakes up after everything was done without them must do nothing more.
    if (kind < 0.4 && FAINT_WITH.includes(given.fault.name)) return { ...given, fate: 'faints' }
    if (kind < 0.7) return given
    return { ...given, places: [place, place + 1 + Math.floor(random() * 6)] }
  })
}

/** The same for the same seed: mulberry32. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const MINUTE_MS = 60_000
/** The database's clock counts; a worker's own may be wrong by this much. */
const SKEWS_MS = [0, -5 * MINUTE_MS, 5 * MINUTE_MS]

export type Round = { jobs: number; wrong: string[]; places: number[] }

/** The workers of a whole test, who are killed and come back. */
export class Matrix {
  readonly plan = new KillPlan()
  readonly #engine: Engine
  readonly #pictures: readonly string[]

  readonly #pages: Page[]

  private constructor(engine: Engine, pictures: readonly string[], pages: Page[]) {
    this.#engine = engine
    this.#pictures = pictures
    this.#pages = pages
  }

  /** For so many posts, each on a Page of its own. */
  static async start(engine: Engine, { posts }: { posts: number }): Promise<Matrix> {
    const pictures = [await engine.picture(), await engine.picture()]
    const pages: Page[] = []
    while (pages.length < posts + CONTENT_TYPES.length) {
      pages.push(
        ...(await engine.connectPages(Array.from({ length: 100 }, (_, n) => `Page ${pages.length + n}`))),
      )
    }
    const matrix = new Matrix(engine, pictures, pages)
    await engine.sandbox.arm({ kind: 'list_lag', ms: LIST_LAG_MS })
    matrix.#startMortals()
    return matrix
  }

  #startMortals(): void {
    const { sql, environment, ports } = this.#engine
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
    afterThisTest(async () => {
      await Promise.all(runners.map((runner) => runner.stop()))
      await watch.stop()
    })
  }

  /** Counted on one untroubled post of each content type. */
  async countPlaces(): Promise<Places> {
    const calm = CONTENT_TYPES.map((content): Case => {
      const fault = { name: 'none', fault: null }
      return { content, call: 'feed', fault, fate: 'dies', places: [] }
    })
    const { wrong, places } = await this.play(calm)
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
    return Object.fromEntries(CONTENT_TYPES.map((content, n) => [content, places[n]])) as Places
  }

  /** Publishes one post a case and says of which it is not true that it is out once and known to be. */
  async play(cases: readonly Case[]): Promise<Round> {
    const { sandbox, sql } = this.#engine
    const pages = this.#pages.splice(0, cases.length)
    const jobs = await inBatches(cases, 8, async (given, n) => {
      const page = pages[n]
      if (!page) throw new Error('a Page for each case')
      if (given.fault.fault) {
        const match = { method: 'POST', path: `*/${given.call}`, account_id: page.pageId }
        await sandbox.arm({ ...given.fault.fault, match })
      }
      const { pictures, link } = CONTENTS[given.content]
      const { jobIds } = await this.#engine.publish({
        body: `Case ${n}`,
        link,
        connectionIds: [page.connectionId],
        mediaIds: this.#pictures.slice(0, pictures),
        beforeDue: ([jobId]) => this.plan.set(jobId ?? '', given.places, given.fate),
      })
      return { ...given, jobId: jobIds[0] ?? '', pageId: page.pageId }
    })
    const ids = jobs.map(({ jobId }) => jobId)
    await untilQuiet(sql, ids)

    const rows = await sql<Row[]>`
      select id, status, content_type, platform_post_id, last_error_code from public.publish_jobs where id = any (${ids})`
    const byId = new Map(rows.map((row) => [row.id, row]))
    const out = Map.groupBy(await sandbox.allPosts(), ({ page_id }) => page_id)
    const wrong = jobs.flatMap((job) => judge(job, byId.get(job.jobId), out.get(job.pageId) ?? []))
    return { jobs: jobs.length, wrong, places: ids.map((id) => this.plan.passed(id)) }
  }
}

type Row = {
  id: string
  status: string
  content_type: string
  platform_post_id: string | null
  last_error_code: string | null
}

function judge(given: Case, row: Row | undefined, posts: readonly { id: string }[]): string[] {
  const published = row?.status === 'published' && posts.length === 1 && posts[0]?.id === row.platform_post_id
  const refused = row?.status === 'failed' && posts.length === 0 && given.fault.mayRefuse
  if ((published || refused) && row.content_type === given.content) return []
  const where = `${given.content}, ${given.fault.name} on ${given.call}, ${given.fate} at ${given.places.join(', ')}`
  return [`${where}: ${row?.content_type} ${row?.status} (${row?.last_error_code}), ${posts.length} posts`]
}

async function untilQuiet(sql: Engine['sql'], jobIds: readonly string[]): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    await connectAgain(sql, jobIds)
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::int as waiting from public.publish_jobs
      where id = any (${[...jobIds]}) and status in ('pending', 'scheduled', 'processing', 'outcome_unknown')`
    if (row?.waiting === 0 || Date.now() > deadline) return
    await wait(100)
  }
}

/** As people do whose account's key ended: what stood goes on. */
async function connectAgain(sql: Engine['sql'], jobIds: readonly string[]): Promise<void> {
  const back = await sql<{ id: string }[]>`
    update public.connections set status = 'active', requires_reconnect = false
    where requires_reconnect and id in (select connection_id from public.publish_jobs where id = any (${[...jobIds]}))
    returning id`
  if (back.length > 0) await sql`select private.release_due_jobs(${back.map(({ id }) => id)}::uuid[])`
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
