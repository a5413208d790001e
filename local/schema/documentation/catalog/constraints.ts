import type { ISql } from 'postgres'

export type Check = { name: string; columns: string[]; expression: string }

export type ForeignKey = {
  columns: string[]
  /** `public.brands`, `auth.users`. */
  target: string
  onDelete: 'cascade' | 'set null' | 'set default' | 'restrict' | 'no action'
  /** What `on delete set null (…)` empties; all columns where none is named. */
  emptied: string[]
}

export type Unique = {
  primary: boolean
  columns: string[]
  /** The condition of a partial index. */
  where: string | null
  nullsNotDistinct: boolean
}

export async function readChecks(sql: ISql) {
  return sql<(Check & { table: string })[]>`
    select n.nspname || '.' || c.relname as table, k.conname as name, pg_get_expr(k.conbin, k.conrelid) as expression,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum = any (k.conkey) order by a.attnum) as columns
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and k.contype = 'c'
    order by 1, 2`
}

export async function readForeignKeys(sql: ISql) {
  return sql<(ForeignKey & { table: string })[]>`
    select n.nspname || '.' || c.relname as table, tn.nspname || '.' || t.relname as target,
      array(select a.attname::text from unnest(k.conkey) with ordinality as o (num, pos)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = o.num order by o.pos) as columns,
      array(select a.attname::text from unnest(k.confdelsetcols) with ordinality as o (num, pos)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = o.num order by o.pos) as emptied,
      case k.confdeltype when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default'
        when 'r' then 'restrict' else 'no action' end as "onDelete"
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
    where n.nspname in ('public', 'private') and k.contype = 'f'
    order by 1, k.conkey, 2`
}

/** Primary keys, unique constraints and unique indexes alike: to a reader they say one thing. */
export async function readUniques(sql: ISql) {
  return sql<(Unique & { table: string })[]>`
    select n.nspname || '.' || c.relname as table, i.indisprimary as primary, i.indnullsnotdistinct as "nullsNotDistinct",
      pg_get_expr(i.indpred, i.indrelid) as where,
      array(select pg_get_indexdef(i.indexrelid, pos::int, true) from generate_series(1, i.indnkeyatts) as pos order by pos) as columns
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and i.indisunique and c.relkind in ('r', 'p')
    order by 1, i.indisprimary desc, 5, 4`
}
