import type postgres from 'postgres'
import type { Table } from './catalog.ts'
import type { Row } from './contract.ts'
import type { Values } from './filler.ts'
import type { Brand } from './people.ts'
import { insertRow, readRows } from './seeding.ts'

/** Which of the rows are no longer as they were; each is as it was afterwards. */
export async function putBack(
  db: postgres.Sql,
  table: Table,
  { rows, brands }: { rows: Row[]; brands: Brand[] },
): Promise<Set<Row>> {
  const now = new Map((await readRows(db, [table], brands)).map((row) => [keyText(table, row.key), row]))
  const changed = new Set<Row>()
  for (const row of rows) {
    const found = now.get(keyText(table, row.key))
    if (found && trace(found) === trace(row)) continue
    changed.add(row)
    await restore(db, table, row, found !== undefined)
  }
  return changed
}

async function restore(db: postgres.Sql, table: Table, row: Row, stands: boolean): Promise<void> {
  if (!stands) {
    await insertRow(db, table, storedValues(table, row))
    return
  }
  const names = Object.keys(storedValues(table, row)).filter((name) => !table.key.includes(name))
  const columns = names.map((name) => `"${name}"`).join(', ')
  await db.unsafe(
    `update ${table.name} t set (${columns}) = (select ${columns} from jsonb_populate_record(null::${table.name}, $1::text::jsonb))
      where to_jsonb(t) @> $2::text::jsonb`,
    [JSON.stringify(row.values), JSON.stringify(row.key)],
  )
}

export async function removeRow(db: postgres.Sql, table: Table, row: Row): Promise<void> {
  await db.unsafe(`delete from ${table.name} t where to_jsonb(t) @> $1::text::jsonb`, [
    JSON.stringify(row.key),
  ])
}

export function keyText({ key }: Table, values: Readonly<Values>): string {
  return key.map((name) => String(values[name])).join(' ')
}

/** What counts as the same row: updated_at moves with every putting back, and Storage counts a file's readings. */
export function trace({ values }: Row): string {
  const { updated_at, last_accessed_at, ...rest } = values
  return JSON.stringify(rest)
}

export function storedValues({ columns }: Table, { values }: Row): Values {
  const stored = columns.filter(({ generated }) => !generated).map(({ name }) => name)
  return Object.fromEntries(Object.entries(values).filter(([name]) => stored.includes(name)))
}
