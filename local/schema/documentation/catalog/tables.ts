import type { ISql } from 'postgres'

export type Column = {
  name: string
  type: string
  nullable: boolean
  /** The SQL expression of the default, or of a generated column. */
  expression: string | null
  generated: boolean
  comment: string | null
}

export type TableRow = { schema: string; name: string; comment: string | null }

/** Ours: `public` and `private`, without what extensions or Supabase bring. */
export async function readTables(sql: ISql): Promise<TableRow[]> {
  return sql<TableRow[]>`
    select n.nspname as schema, c.relname as name, obj_description(c.oid, 'pg_class') as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and c.relkind in ('r', 'p')
    order by n.nspname desc, c.relname`
}

export async function readColumns(sql: ISql): Promise<(Column & { table: string })[]> {
  return sql<(Column & { table: string })[]>`
    select n.nspname || '.' || c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      not a.attnotnull as nullable, pg_get_expr(d.adbin, d.adrelid) as expression, a.attgenerated <> '' as generated,
      col_description(c.oid, a.attnum) as comment
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
    order by 1, a.attnum`
}
