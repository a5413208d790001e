import type postgres from 'postgres'
import type { Table } from './catalog.ts'
import type { Mutant } from './mutants.ts'
import { allMisses, firstMiss, type Grants, type Miss, type Trial, trialsOf } from './mutants-trials.ts'
import type { World } from './world.ts'

/** What first noticed a mutant; null if nothing did. */
export type Notice = { mutant: Mutant; by: Layer | null; miss: Miss | null }
export const layers = ['the matrix', 'without a filter', 'everything granted', 'the catalog'] as const
export type Layer = (typeof layers)[number]

/** Every answer that is not the contract's, on the database as it is. */
export async function missesOf(db: postgres.Sql, world: World, grants: Grants) {
  let trials = 0
  const misses: string[] = []
  for (const table of world.tables) {
    const ofTable = trialsOf(world, table, grants)
    trials += ofTable.length
    const found = await undone(db, async (tx) => {
      if (grants === 'everything granted') await grantEverything(tx, table.name)
      return allMisses(tx, ofTable)
    })
    misses.push(...found.map((miss) => `${table.name}: ${wordsOf(miss)}`))
  }
  return { trials, misses }
}

/** Makes each mutant in a transaction of its own, asks the cells of its table, and takes it back. */
export async function noticesOf(db: postgres.Sql, world: World, mutants: Mutant[]): Promise<Notice[]> {
  const prepared = new Map<string, Trial[]>()
  const trialsFor = ({ table, command, operator }: Mutant, grants: Grants) => {
    const key = [table, command, grants].join()
    const trials = prepared.get(key) ?? trialsOf(world, tableOf(world, table), grants, command)
    prepared.set(key, trials)
    // To those who signed in a policy speaks already: widening it changes what others hear.
    return operator === 'to public' ? trials.filter(({ call }) => call.as.role === 'anon') : trials
  }
  const notices: Notice[] = []
  for (const mutant of mutants) notices.push(await noticeOf(db, mutant, trialsFor))
  return notices
}

async function noticeOf(
  db: postgres.Sql,
  mutant: Mutant,
  trialsFor: (mutant: Mutant, grants: Grants) => Trial[],
): Promise<Notice> {
  for (const grants of ['as granted', 'everything granted'] as const) {
    const miss = await undone(db, async (tx) => {
      if (grants === 'everything granted') await grantEverything(tx, mutant.table)
      await tx.unsafe(mutant.ddl)
      return firstMiss(tx, trialsFor(mutant, grants))
    })
    if (miss) return { mutant, by: layerOf(grants, miss), miss }
  }
  const broken = await undone(db, async (tx) => {
    await tx.unsafe(mutant.ddl)
    return brokenRules(tx)
  })
  return { mutant, by: broken.length > 0 ? 'the catalog' : null, miss: null }
}

const layerOf = (grants: Grants, { trial }: Miss): Layer => {
  if (grants === 'everything granted') return grants
  return trial.byKey ? 'the matrix' : 'without a filter'
}

/** What the catalog alone can tell: policies speak to people who signed in, and row security is on everywhere. */
export async function brokenRules(db: postgres.ISql): Promise<string[]> {
  const rows = await db<{ broken: string }[]>`
    select format('%s · %s is for %s', tablename, policyname, roles) as broken from pg_policies
     where schemaname in ('public', 'private', 'storage') and roles <> '{authenticated}'
    union all
    select format('%I.%I has no row security', n.nspname, c.relname)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relrowsecurity and n.nspname in ('public', 'private', 'storage')
     order by 1`
  return rows.map(({ broken }) => broken)
}

/** As an older Supabase project grants new tables, and as a careless `grant all` would. */
const grantEverything = (db: postgres.ISql, table: string) =>
  db.unsafe(`grant usage on schema private to anon; grant all on ${table} to anon, authenticated`)

async function undone<Result>(
  db: postgres.Sql,
  work: (tx: postgres.ISql) => Promise<Result>,
): Promise<Result> {
  let result: { is: Result } | undefined
  const undo = new Error('Nothing of this stays.')
  await db
    .begin(async (tx) => {
      result = { is: await work(tx) }
      throw undo
    })
    .catch((error) => {
      if (error !== undo) throw error
    })
  if (!result) throw new Error('The transaction gave no result.')
  return result.is
}

const wordsOf = ({ trial, answer, kind }: Miss) => `${kind}: ${trial.words}; came ${JSON.stringify(answer)}`

function tableOf({ tables }: World, name: string): Table {
  const table = tables.find((candidate) => candidate.name === name)
  if (!table) throw new Error(`The world has no table ${name}.`)
  return table
}
