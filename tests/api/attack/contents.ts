import { createHash } from 'node:crypto'
import type postgres from 'postgres'

/** One hash a table over all that the database holds, queue, files and people included. */
export async function contentsReader(db: postgres.Sql): Promise<() => Promise<Map<string, string>>> {
  const tables = await db<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c
     where c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'select')
       and (c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'storage'::regnamespace)
            or c.relnamespace = 'graphile_worker'::regnamespace or c.oid = 'auth.users'::regclass)
     order by 1`
  const statement = tables
    .map(
      ({ name }) =>
        `select '${name}' as name, (select string_agg(t::text, '|' order by t::text) from ${name} t) as rows`,
    )
    .join(' union all ')
  return async () => {
    const contents = await db.unsafe<{ name: string; rows: string | null }[]>(statement)
    return new Map(
      contents.map(({ name, rows }) => [
        name,
        createHash('sha256')
          .update(rows ?? '')
          .digest('base64'),
      ]),
    )
  }
}

/** Names of the tables that differ. */
export function changedTables(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].flatMap(([name, hash]) => (before.get(name) === hash ? [] : [name]))
}
