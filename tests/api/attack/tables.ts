import type postgres from 'postgres'

export type Table = {
  name: string
  key: string
  /** What a signed-in person may name. */
  readable: string[]
  unreadable: string[]
  insertable: string[]
  updatable: string[]
}

/** Every table and view that the Data API exposes, as the catalogue has it today. */
export async function exposedTables(db: postgres.Sql): Promise<Table[]> {
  return await db<Table[]>`
    select c.relname as name,
           coalesce((select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                      where i.indrelid = c.oid and i.indisprimary), min(a.attname)) as key,
           ${columnsWith(db, 'select', true)} as readable,
           ${columnsWith(db, 'select', false)} as unreadable,
           ${columnsWith(db, 'insert', true)} as insertable,
           ${columnsWith(db, 'update', true)} as updatable
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
     group by c.oid order by 1`
}

function columnsWith(db: postgres.Sql, right: string, granted: boolean) {
  return db`coalesce(array_agg(a.attname::text order by a.attnum)
    filter (where has_column_privilege('authenticated', c.oid, a.attnum, ${right}) = ${granted}), '{}')`
}

export type Relation = { constraint: string; child: string; childColumns: string[]; parent: string }

/** Every foreign key between tables that the Data API exposes. */
export async function relations(db: postgres.Sql): Promise<Relation[]> {
  return await db<Relation[]>`
    select k.conname as constraint, c.relname as child, p.relname as parent,
           (select array_agg(a.attname::text order by x.n) from unnest(k.conkey) with ordinality x (attnum, n)
              join pg_attribute a on a.attrelid = c.oid and a.attnum = x.attnum) as "childColumns"
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
     where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and p.relnamespace = 'public'::regnamespace
     order by 2, 1`
}

export type UniqueIndex = { name: string; table: string; columns: string[] }

export async function uniqueIndexes(db: postgres.Sql): Promise<UniqueIndex[]> {
  return await db<UniqueIndex[]>`
    select i.indexrelid::regclass::text as name, c.relname as table,
           (select array_agg(a.attname::text order by x.n) from unnest(i.indkey::int2[]) with ordinality x (attnum, n)
              join pg_attribute a on a.attrelid = c.oid and a.attnum = x.attnum) as columns
      from pg_index i join pg_class c on c.oid = i.indrelid
     where i.indisunique and c.relnamespace = 'public'::regnamespace order by 1`
}
