import type postgres from 'postgres'
import type { Table } from './catalog.ts'
import type { Row } from './contract.ts'
import type { World } from './world.ts'

/**
 * The world with what no request names: the tables that the Data API does not expose, which row security guards
 * all the same, and files of another bucket, as a project may have for something else.
 */
export async function withUnexposed(db: postgres.Sql, world: World): Promise<World> {
  await fillUnexposed(db, world)
  const tables = await readUnexposed(db)
  const hidden = await Promise.all(tables.map((table) => readRows(db, table)))
  const files = await anotherBucket(db, world)
  return {
    ...world,
    tables: [...world.tables, ...tables],
    rows: [...world.rows, ...hidden.flat(), ...files],
    attempts(table, actor, brand) {
      const copies = hidden.flat().filter((row) => row.table === table.name)
      if (tables.includes(table)) return copies.slice(0, 1)
      const attempts = world.attempts(table, actor, brand)
      return table.name === 'storage.objects' ? attempts.flatMap((row) => [row, elsewhere(row)]) : attempts
    },
  }
}

async function fillUnexposed(db: postgres.Sql, { brands, actors }: World): Promise<void> {
  const person = actors.find(({ id }) => id !== null)?.id ?? null
  await db`
    insert into private.link_tokens (token_hash, purpose, brand_id, user_id, expires_at)
    values (sha256('a token'), 'portal', ${brands[0]?.id ?? null}, ${person}, now())`
  await db`insert into private.worker_heartbeats (worker_id, beat_at, started_at) values ('one', now(), now())`
  await db`insert into private.rate_buckets (bucket, free_at) values ('meta:1', now()) on conflict do nothing`
  await db`
    insert into private.connection_upkeep (connection_id, next_check_at) select id, now() from public.connections limit 1 on conflict do nothing`
}

/** The same paths once more: only the bucket tells them apart. */
async function anotherBucket(db: postgres.Sql, world: World): Promise<Row[]> {
  await db`insert into storage.buckets (id, name, public) values (${otherBucket}, ${otherBucket}, false)`
  const files = world.rows.filter(({ table }) => table === 'storage.objects').map(elsewhere)
  for (const file of files) {
    const [added] = await db<{ values: Row['values'] }[]>`
      insert into storage.objects as o (bucket_id, name) values (${otherBucket}, ${String(file.values.name)})
      returning to_jsonb(o) as values`
    if (added) Object.assign(file, { values: added.values, key: { id: added.values.id } })
  }
  return files
}

const otherBucket = 'elsewhere'
const elsewhere = (row: Row): Row => ({ ...row, values: { ...row.values, bucket_id: otherBucket } })

async function readUnexposed(db: postgres.Sql): Promise<Table[]> {
  const rows = await db<{ name: string; columns: string[]; key: string[] }[]>`
    select n.nspname || '.' || c.relname as name,
           array_agg(a.attname::text order by a.attnum) as columns,
           array_agg(a.attname::text order by a.attnum) filter (where a.attnum = any (i.indkey)) as key
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_index i on i.indrelid = c.oid and i.indisprimary
     where c.relkind in ('r', 'p') and n.nspname in ('private', 'storage') and c.oid <> 'storage.objects'::regclass
     group by 1 order by 1`
  return rows.map(({ name, columns, key }) => ({
    name,
    key,
    columns: columns.map((column) => ({
      name: column,
      type: '',
      required: false,
      generated: false,
      words: [],
    })),
    foreignKeys: [],
    unique: [],
    grants: { select: [], insert: [], update: [], delete: false },
  }))
}

async function readRows(db: postgres.Sql, { name, key }: Table): Promise<Row[]> {
  const rows = await db.unsafe<{ values: Row['values'] }[]>(`select to_jsonb(t) as values from ${name} t`)
  if (rows.length === 0) throw new Error(`${name} is empty: nothing there could leak.`)
  return rows.map(({ values }) => ({
    table: name,
    key: Object.fromEntries(key.map((column) => [column, values[column]])),
    values,
    brand: null,
    tenant: null,
  }))
}
