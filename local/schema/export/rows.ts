import type postgres from 'postgres'
import { quote } from './spelling.ts'

/** Tables whose rows are part of the schema; columns of chance and of the clock stay out. */
const referenceTables = [
  { table: 'private.role_permissions' },
  { table: 'private.tenant_role_permissions' },
  { table: 'private.ceilings' },
  { table: 'public.connector_platforms', leaves: ['id', 'tenant_id', 'created_at', 'updated_at'] },
  { table: 'storage.buckets', leaves: ['owner', 'owner_id', 'created_at', 'updated_at'] },
]

/** One `insert` for each reference table, by its name. */
export async function readRows(sql: postgres.Sql): Promise<Map<string, string>> {
  await refuseOtherRows(sql)
  const texts = new Map<string, string>()
  for (const { table, leaves = [] } of referenceTables) texts.set(table, await insertText(sql, table, leaves))
  return texts
}

async function insertText(sql: postgres.Sql, table: string, leaves: string[]): Promise<string> {
  const columns = await sql<{ name: string; type: string }[]>`
    select quote_ident(attname) as name, atttypid::regtype::text as type
      from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped
       and attname <> all (${leaves}) order by attnum`
  const rows = await sql.unsafe<Record<string, string | null>[]>(
    `select ${columns.map(({ name }) => `${name}::text`).join(', ')} from ${table}`,
  )
  const lines = rows.map(
    (row) => `  (${columns.map(({ name, type }) => valueText(row[name], type)).join(', ')})`,
  )
  const names = columns.map(({ name }) => name).join(', ')
  return `insert into ${table} (${names}) values\n${lines.sort().join(',\n')};`
}

function valueText(value: string | null | undefined, type: string): string {
  if (value === null || value === undefined) return 'null'
  return ['boolean', 'integer', 'bigint'].includes(type) ? value : quote(value)
}

async function refuseOtherRows(sql: postgres.Sql): Promise<void> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'private')`
  for (const { name } of tables) {
    if (referenceTables.some(({ table }) => table === name)) continue
    const [row] = await sql.unsafe(`select from ${name} limit 1`)
    if (row)
      throw new Error(`A migration left rows in ${name}: say in local/schema/export/rows.ts which to export.`)
  }
}
