import type postgres from 'postgres'
import { dice } from '../statistics.ts'
import { become, type Session } from './measure.ts'
import type { Caller } from './people.ts'

export type Searched = { spent: number[]; differing: string[] }

/** Asks for each, and holds every answer against what row security shows of the same predicate. */
export async function searchAs(
  caller: Caller,
  queries: string[],
  { session, admin }: { session: Session; admin: postgres.Sql },
): Promise<Searched> {
  const spent: number[] = []
  for (const query of queries) {
    spent.push(
      await session.spend(caller, {
        text: 'select * from public.search_posts(words => $1)',
        values: [query],
      }),
    )
  }
  return { spent, differing: await differing(admin, caller, queries) }
}

/**
 * Queries whose answers are not the same rows in the same order. The policies are asked for all queries in one pass,
 * since they can use no index of words: one by one it would take hours.
 */
async function differing(admin: postgres.Sql, caller: Caller, queries: string[]): Promise<string[]> {
  const rows = await admin.begin(async (sql) => {
    await sql`
      create temporary table asked on commit drop as
      select n, query, private.words_query('', wanted) as words, upper(btrim(query)) as typed
      from unnest(${queries}::text[]) with ordinality as q (query, n)
      cross join lateral (select private.words_in(query) as wanted) as w
      where cardinality(wanted) > 0`
    await sql`grant select on asked to authenticated`
    await become(sql, 'authenticated', caller)
    await sql`set local work_mem = '256MB'`
    return sql<{ query: string }[]>`
      with visible as materialized (
        select i.id, i.created_at, i.number::text as number, b.code, w.words
        from public.content_items i
        join public.brands b on b.id = i.brand_id
        join bench.words w on w.content_id = i.id
        where i.status <> 'archived'
      ),
      hit as (
        select a.n, v.id, v.created_at, a.typed in (v.number, '#' || v.number, v.code || v.number, v.code || '-' || v.number) as is_named
        from asked a
        join visible v on v.words @@ a.words
          or a.typed in (v.number, '#' || v.number, v.code || v.number, v.code || '-' || v.number)
      ),
      policies as (
        select n, (array_agg(id order by is_named desc, created_at desc, id desc))[1:8] as ids from hit group by n
      )
      select a.query
      from asked a
      left join policies p on p.n = a.n
      where coalesce(p.ids, '{}') <> array(select s.id from public.search_posts(a.query) with ordinality as s order by s.ordinality)`
  })
  return rows.map(({ query }) => query)
}

/** As people type: beginnings of one to three words, in any case, short names, and what means something to LIKE. */
export function randomQueries(words: readonly [string, ...string[]], count: number, seed: number): string[] {
  const { below, from } = dice(seed)
  const beginning = () => {
    const letters = [...from(words)]
    return letters.slice(0, 2 + below(letters.length)).join('')
  }
  return Array.from({ length: count }, () => {
    const kind = below(20)
    if (kind === 0) return `B${below(700).toString(16).toUpperCase().padStart(3, '0')}-${1 + below(500)}`
    if (kind === 1) return String(1 + below(600))
    if (kind === 2) return from(['%', 'b_ba', "ba' | 'co", 'ba & !co', '\\', 'zzz', 'ba:*', 'zz quorum'])
    const line = Array.from({ length: 1 + below(3) }, beginning).join(' ')
    return from([line, line.toUpperCase(), `${line}?`])
  })
}
