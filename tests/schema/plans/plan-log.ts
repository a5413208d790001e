import { readFileSync, statSync } from 'node:fs'
import postgres from 'postgres'

/** A node of `explain (format json, verbose)`. */
export type PlanNode = {
  'Node Type': string
  'Parent Relationship'?: string
  Schema?: string
  'Relation Name'?: string
  Plans?: PlanNode[]
  [detail: string]: unknown
}

export type Planned = { sql: string; plan: PlanNode }

/**
 * Lets Postgres write down the plan of each statement of one database as it runs, with the role, claims and values
 * that it runs with, and of each statement within functions. Sessions that are open are ended, so that all have it.
 */
export async function keepPlans(superuserUrl: string) {
  const admin = postgres(superuserUrl, { max: 1, onnotice: () => {} })
  const [{ database } = { database: '' }] = await admin<
    { database: string }[]
  >`select current_database() as database`
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_format': 'json',
    'auto_explain.log_verbose': 'on',
    'auto_explain.log_nested_statements': 'on',
    // A session of many requests must not change to a plan without values half-way through.
    plan_cache_mode: 'force_custom_plan',
  }
  await admin.unsafe(`load 'auto_explain'`)
  for (const [name, value] of Object.entries(settings)) {
    await admin.unsafe(`alter database ${database} set ${name} = '${value}'`)
  }
  await admin`
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = ${database} and usename = 'authenticator' and pid <> pg_backend_pid()`
  await admin.end()
}

/** What was planned while `run` ran. Other databases' entries have no plans, this one's no other sessions. */
export async function plansOf(logFile: string, run: () => PromiseLike<unknown>): Promise<Planned[]> {
  const from = statSync(logFile).size
  await run()
  return readPlans(readFileSync(logFile).subarray(from).toString('utf8'))
}

/** An entry is a line that ends in "plan:" and the JSON under it, each line of which begins with a tab. */
function readPlans(log: string): Planned[] {
  return [...log.matchAll(/ plan:\n((?:\t.*\n?)+)/g)].map(([, json = '']) => {
    const entry = JSON.parse(json) as { 'Query Text': string; Plan: PlanNode }
    return { sql: entry['Query Text'], plan: entry.Plan }
  })
}
