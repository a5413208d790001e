import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { readEnvironment } from '#worker/environment.ts'
import { connectRecords, type Sql } from '#worker/records/sql.ts'
import { agencyName, founder } from './brands.ts'
import { cast, type PersonKey } from './cast.ts'
import { StoryClock } from './stage/clock.ts'
import { Machinery } from './stage/machinery.ts'
import { People } from './stage/people.ts'
import { clearRemains, storySoFar, workerIsRunning } from './stage/remains.ts'
import { SandboxControl } from './stage/sandbox.ts'
import type { Happening, Stage } from './stage/stage.ts'
import { storyAt } from './story/story.ts'

/**
 * Creates the demo agency through the doors that people use: accounts by the Auth API, files by the Storage
 * API, everything else by each person calling the functions that the desk calls, at the time the story says.
 * A second run finds it there; after one that broke off it starts over.
 */
const began = performance.now()
const environment = readEnvironment(process.env)
const { PLATFORM_GATEWAY: gateway, SUPABASE_PUBLISHABLE_KEY: publishableKey } = z
  .object({ PLATFORM_GATEWAY: z.url(), SUPABASE_PUBLISHABLE_KEY: z.string().min(1) })
  .parse(process.env)

// One connection: the story's time is a setting of its session.
const sql = connectRecords(environment.DATABASE_URL, { max: 1 })
const sandbox = new SandboxControl(gateway)
const clock = new StoryClock(sql, sandbox)
const api = { url: environment.SUPABASE_URL, secretKey: environment.SUPABASE_SECRET_KEY, publishableKey }
const people = new People(api, sql, clock)
const machinery = new Machinery(environment, sql, clock)

try {
  await seed()
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await sandbox.setClock(null).catch((error: unknown) => say(`The sandbox’s clock stands still: ${error}`))
  machinery.close()
  await sql.end({ timeout: 2 })
}

async function seed(): Promise<void> {
  const soFar = await storySoFar(sql)
  if (soFar === 'told') return say(`${agencyName} is there already.`)
  if (await workerIsRunning(sql))
    throw new Error('A worker is running. Stop it; it would act in the middle of the story.')
  if (soFar === 'begun') {
    say('An earlier run broke off. Starting over.')
    await clearRemains(sql, people, sandbox)
  }

  const now = Temporal.Now.instant()
  const story = storyAt(now)
  const stage: Stage = {
    sql,
    clock,
    people,
    machinery,
    sandbox,
    site: { url: environment.SITE_URL, gateway, metaAppId: environment.META_APP_ID },
    brandIds: new Map(),
    connectionIds: new Map(),
  }

  await people.createAccount(founder, 'begun')
  const others = Object.keys(cast).filter((key): key is PersonKey => key !== founder)
  await Promise.all(others.map((key) => people.createAccount(key)))
  say(`${others.length + 1} people have accounts.`)

  await play(story.beginning, stage)
  say(`${agencyName} has three brands, its people on them, and ${stage.connectionIds.size} Pages connected.`)

  await play(story.month, stage)
  await machinery.workUntil(now)
  say(`${story.posts.length} posts: ${await countsByStatus(sql)}.`)

  await forgetFinishedJobs(sql)
  await people.setProgress(founder, 'told')
  say(`The demo agency is ready after ${((performance.now() - began) / 1000).toFixed(1)} s.`)
}

/** Happenings at their time, and between them whatever falls due by itself. */
async function play(happenings: readonly Happening[], stage: Stage): Promise<void> {
  for (const { at, act } of happenings) {
    const instant = at.toInstant()
    await machinery.workUntil(instant)
    await clock.moveTo(instant)
    await act(stage)
    await machinery.work()
  }
}

async function countsByStatus(sql: Sql): Promise<string> {
  const counts = await sql<{ status: string; n: number }[]>`
    select i.status, count(*)::int as n from public.content_items i
    join public.tenants t on t.id = i.tenant_id and t.name = ${agencyName}
    group by i.status order by n desc, i.status`
  return counts.map(({ status, n }) => `${n} ${status.replace('_', ' ')}`).join(', ')
}

/** What these asked for was done in here; the worker need not find that out one by one. */
async function forgetFinishedJobs(sql: Sql): Promise<void> {
  await sql`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs where run_at <= ${clock.now()}))`
}

function say(line: string): void {
  console.log(line)
}
