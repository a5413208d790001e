import { readFile } from 'node:fs/promises'
import path from 'node:path'
import postgres from 'postgres'
import { databaseUrl, superuser } from '#local/postgres/start.ts'
import type { Benchmark, Budget, Findings, Table } from '../benchmark.ts'
import { type BenchDatabase, withDatabase } from '../database.ts'
import { median, quantile } from '../statistics.ts'
import { withCapture } from './capture.ts'
import { callerSession, ownerSession, takeTurns } from './measure.ts'
import { everyBrand, manyBrands, oneBrand, twentyBrands } from './people.ts'
import { randomQueries, searchAs } from './search.ts'
import { allBrandsMonth, hotStatements, type Measured } from './statements.ts'

export const benchmark: Benchmark = {
  about:
    'What row security costs on 1 M pieces of 2 000 brands, whether it grows with others’ rows, and the search.',
  run: ({ progress }) => withDatabase((database) => measureRowSecurity(database, progress)),
}

async function measureRowSecurity(
  database: BenchDatabase,
  progress: (sentence: string) => void,
): Promise<Findings> {
  let admin = openAdmin(database)
  const grow = async (first: number, count: number) => {
    progress(`Making ${count} brands with ${count * 500} pieces.`)
    await admin`select bench.grow(${first}, ${count})`
    await admin`select bench.add_outsiders()`
    // The policies read what triggers gather of these, and none fired.
    await admin`update brand_members set role = role`
    await admin`vacuum (analyze)`
  }
  try {
    await admin.unsafe(await readFile(path.join(import.meta.dirname, 'seed.sql'), 'utf8'))
    await grow(0, 200)
    const statements = await withCapture(database, oneBrand.brandId, hotStatements)
    await admin.end()
    await keepSmallTwin(database)
    admin = openAdmin(database)
    await grow(200, 1800)
    progress('Measuring what the policies cost.')
    const costs = await measureCosts(database, statements)
    progress('Measuring against a tenth of the pieces.')
    const growths = await measureGrowth(database, statements)
    const anonymous = await measureAnonymous(database)
    progress('Searching.')
    const searched = await measureSearch(database, admin)
    return {
      tables: [costTable(costs), growthTable(growths), ...searched.tables],
      budgets: [...costBudgets(costs), ...growthBudgets(growths), anonymous, ...searched.budgets],
    }
  } finally {
    await admin.end()
  }
}

function openAdmin({ port }: BenchDatabase) {
  return postgres(databaseUrl(port, superuser), { max: 1, onnotice: () => {} })
}

const smallTwin = 'tenth'

/** The desk as it is before the others come, to be measured beside the full one, in turns. */
async function keepSmallTwin({ port }: BenchDatabase) {
  const sql = postgres(databaseUrl(port, superuser, 'template1'), { max: 1 })
  await sql.unsafe(`create database ${smallTwin} template postgres owner postgres`)
  await sql.end()
}

type Pair = { through: number[]; past: number[] }
type Cost = { name: string; kind: Measured['kind']; caller: string; pair: Pair }

async function measureCosts({ port }: BenchDatabase, statements: Measured[]): Promise<Cost[]> {
  const [caller, owner] = [callerSession(port), ownerSession(port)]
  const sql = postgres(databaseUrl(port), { max: 1 })
  const costs: Cost[] = []
  for (const { name, kind, callers, asCaller, asOwner } of statements) {
    for (const who of callers) {
      const brands = await sql<
        { brand_id: string }[]
      >`select brand_id from brand_members where user_id = ${who.id}`
      const asked = asCaller(who)
      const named = asOwner(
        who,
        brands.map((row) => row.brand_id),
      )
      const [through, past] = await takeTurns(
        () => caller.spend(who, asked),
        () => owner.spend(who, named),
      )
      costs.push({ name, kind, caller: who.name, pair: { through, past } })
    }
  }
  await Promise.all([caller.end(), owner.end(), sql.end()])
  return costs
}

function costTable(costs: Cost[]): Table {
  return {
    title: 'Through the policies, against the same as owner of the tables (server time, ms)',
    columns: ['statement', 'caller', 'median', 'p95', 'owner median', 'owner p95', 'ratio', 'more by'],
    rows: costs.map(({ name, caller, pair }) => [
      name,
      caller,
      median(pair.through),
      quantile(pair.through, 0.95),
      median(pair.past),
      quantile(pair.past, 0.95),
      ratio(pair),
      overhead(pair),
    ]),
  }
}

const ratio = ({ through, past }: Pair) => median(through) / median(past)
const overhead = ({ through, past }: Pair) => median(through) - median(past)

/** Of a caller on more brands than any person has, the table tells and nothing is promised. */
function costBudgets(costs: Cost[]): Budget[] {
  const promised = costs.filter(({ caller }) => caller !== everyBrand.name)
  const month = promised.find(({ name, caller }) => name === allBrandsMonth && caller === twentyBrands.name)
  return [
    ...promised.map(promiseOf),
    {
      name: 'calendar month of 20 brands',
      limit: 2.5,
      seen: month ? median(month.pair.through) : Infinity,
      unit: 'ms',
    },
  ]
}

/**
 * A short statement costs the server some tenths of a millisecond. Finding out which brands the caller has is a fixed
 * sum on top, of which a ratio would only tell how little the rest is: it may be 0.3 ms.
 */
function promiseOf({ name, kind, caller, pair }: Cost): Budget {
  if (kind === 'read' && overhead(pair) <= 0.3) {
    return { name: `${name}, ${caller}: more by`, limit: 0.3, seen: overhead(pair), unit: 'ms' }
  }
  return {
    name: `${name}, ${caller}: ratio`,
    limit: kind === 'read' ? 1.25 : 1.6,
    seen: ratio(pair),
    unit: 'times',
  }
}

type Growth = { name: string; caller: string; small: number[]; large: number[] }

/** The same person and their same rows, among a hundred thousand pieces and among a million. */
async function measureGrowth({ port }: BenchDatabase, statements: Measured[]): Promise<Growth[]> {
  const [among, alone] = [callerSession(port), callerSession(port, smallTwin)]
  const growths: Growth[] = []
  for (const { name, callers, asCaller } of statements) {
    for (const who of callers.filter((one) => one !== manyBrands && one !== everyBrand)) {
      const statement = asCaller(who)
      const [small, large] = await takeTurns(
        () => alone.spend(who, statement),
        () => among.spend(who, statement),
      )
      growths.push({ name, caller: who.name, small, large })
    }
  }
  await Promise.all([among.end(), alone.end()])
  return growths
}

function growthTable(growths: Growth[]): Table {
  return {
    title: 'As other agencies’ pieces grow from 100 000 to 1 000 000 (median through the policies, ms)',
    columns: ['statement', 'caller', '100 000', '1 000 000', 'times'],
    rows: growths.map(({ name, caller, small, large }) => [
      name,
      caller,
      median(small),
      median(large),
      median(large) / median(small),
    ]),
  }
}

function growthBudgets(growths: Growth[]): Budget[] {
  return growths.map(({ name, caller, small, large }) => ({
    name: `${name}, ${caller}: growth`,
    limit: 1.25,
    seen: median(large) / median(small),
    unit: 'times',
  }))
}

/** Whoever has not signed in is turned away before a row is read. */
async function measureAnonymous({ port }: BenchDatabase): Promise<Budget> {
  const sql = postgres(databaseUrl(port, 'authenticator'), { max: 1, onnotice: () => {} })
  const spent: number[] = []
  const statements = [
    'select count(*) from public.content_items',
    'select id from public.content_items order by created_at desc limit 50',
    'select * from public.content_versions limit 50',
    "select * from public.search_posts('baba')",
  ]
  for (let round = 0; round < 50; round++) {
    for (const statement of statements) {
      await sql`begin`
      await sql`select set_config('role', 'anon', true)`
      const began = performance.now()
      const refusal = await sql.unsafe(statement).then(
        () => undefined,
        (error: postgres.PostgresError) => error.code,
      )
      spent.push(performance.now() - began)
      await sql`rollback`
      if (refusal !== '42501') throw new Error(`Someone who has not signed in is answered: ${statement}`)
    }
  }
  await sql.end()
  return { name: 'anonymous statements, median of the refusals', limit: 1, seen: median(spent), unit: 'ms' }
}

const searches = [
  { who: oneBrand, count: 300 },
  { who: twentyBrands, count: 400 },
  { who: manyBrands, count: 300 },
  { who: everyBrand, count: 100 },
]

async function measureSearch({ port }: BenchDatabase, admin: postgres.Sql): Promise<Findings> {
  await admin.unsafe(`
    create table bench.words as select content_id, words from private.searched_posts;
    alter table bench.words add primary key (content_id);
    grant usage on schema bench to authenticated; grant select on bench.words to authenticated;
    analyze bench.words;
    create extension pg_prewarm;
    select pg_prewarm(oid) from pg_class where relnamespace = 'private'::regnamespace and relname like 'searched_posts%'`)
  const [wrong] = await admin`
    select count(*)::int as words from public.content_items i join bench.words w on w.content_id = i.id
    where i.number % 97 = 0 and w.words <> private.post_words(i.title, i.content)`
  if (wrong?.words !== 0) throw new Error('The seed keeps other words than the trigger would.')

  const [vocabulary] = await admin<{ words: [string, ...string[]] }[]>`
    select array_agg(word) as words from (select unnest(string_to_array(title || ' ' || sentence, ' ')) as word from bench.phrases limit 20000) as w`
  if (!vocabulary) throw new Error('There are no words.')
  const session = callerSession(port)
  const rows: Table['rows'] = []
  const budgets: Budget[] = []
  for (const [seed, { who, count }] of searches.entries()) {
    const queries = randomQueries(vocabulary.words, count, seed + 1)
    for (const query of queries.slice(0, 10)) {
      await session.spend(who, { text: 'select * from public.search_posts(words => $1)', values: [query] })
    }
    const { spent, differing } = await searchAs(who, queries, { session, admin })
    rows.push([who.name, count, median(spent), quantile(spent, 0.95), Math.max(...spent), differing.length])
    budgets.push({
      name: `search, ${who.name}: answers unlike row security’s`,
      limit: 0,
      seen: differing.length,
      unit: 'rows',
    })
    if (who === everyBrand) continue
    budgets.push({ name: `search, ${who.name}: p95`, limit: 10, seen: quantile(spent, 0.95), unit: 'ms' })
  }
  await session.end()
  return {
    tables: [
      {
        title: 'search_posts among 1 000 000 pieces (server time, ms)',
        columns: ['caller', 'queries', 'median', 'p95', 'longest', 'unlike row security'],
        rows,
      },
    ],
    budgets,
  }
}
