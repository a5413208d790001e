import type postgres from 'postgres'
import type { Table } from './catalog.ts'
import { type Actor, contract, type Entry } from './contract.ts'
import { type Door, request } from './http-door.ts'

/** Where what may be named in a statement is not what the contract declares. */
export function undeclaredGrants(tables: Table[]): string[] {
  return tables.flatMap((table) => {
    const entry: Entry = contract[table.name] ?? {}
    if (entry.policiesAlone) return []
    const unreadable = entry.unreadable ?? []
    const all = table.columns.map(({ name }) => name)
    const declared = {
      select: entry.select ? all.filter((name) => !unreadable.includes(name)) : [],
      insert: entry.insertable ?? [],
      update: entry.updatable ?? [],
      delete: entry.delete ? all : [],
    }
    const granted = { ...table.grants, delete: table.grants.delete ? all : [] }
    return (['select', 'insert', 'update', 'delete'] as const).flatMap((command) => [
      ...differ(declared[command], granted[command]).map(
        (name) => `${command} ${table.name}.${name}: not granted`,
      ),
      ...differ(granted[command], declared[command]).map(
        (name) => `${command} ${table.name}.${name}: not declared`,
      ),
    ])
  })
}

const differ = (some: string[], others: string[]) => some.filter((name) => !others.includes(name))

/** What any other role of the API may do with any of our tables, and the rights that nobody needs. */
export async function strayGrants(db: postgres.Sql): Promise<string[]> {
  const found = await db<{ grant: string }[]>`
    select distinct r.role || ': ' || p.privilege || ' ' || c.oid::regclass as grant
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('public', 'private')
      cross join unnest(array['anon', 'authenticated', 'service_role']) r (role)
      cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p (privilege)
     where c.relkind in ('r', 'p', 'v', 'm', 'f')
       and case
             when p.privilege in ('delete', 'truncate', 'trigger')
             then has_table_privilege(r.role, c.oid, p.privilege)
             else has_any_column_privilege(r.role, c.oid, p.privilege)
           end
       and not (r.role = 'authenticated' and n.nspname = 'public'
                and p.privilege in ('select', 'insert', 'update', 'delete'))
     order by 1`
  return found.map(({ grant }) => grant)
}

/** Tries every column that is out of reach, on rows the person may otherwise read; what was not refused. */
export async function reachColumns(door: Door, actor: Actor): Promise<{ tried: number; reached: string[] }> {
  const reached: string[] = []
  let tried = 0
  for (const table of door.world.tables.filter(({ name }) => name.startsWith('public.'))) {
    const ask = { ...door, table, actor }
    const attempt = async (words: string, reply: ReturnType<typeof request>) => {
      tried += 1
      const { outcome } = await reply
      if (outcome !== 'refused') reached.push(`${words}: ${outcome}`)
    }
    const { select, insert, update } = table.grants
    for (const column of table.columns) {
      const words = `${table.name}.${column.name}`
      const body = { [column.name]: null }
      if (isOutOfReach(column.name, select))
        await attempt(`read ${words}`, request(ask, 'GET', `?select=${column.name}`))
      // Nobody at all can write what Postgres computes.
      if (column.generated) continue
      if (isOutOfReach(column.name, update))
        await attempt(`change ${words}`, request(ask, 'PATCH', '', { body }))
      if (isOutOfReach(column.name, insert)) await attempt(`add ${words}`, request(ask, 'POST', '', { body }))
    }
  }
  return { tried, reached }
}

/** Where no column at all is granted, the matrix has asked already. */
function isOutOfReach(column: string, granted: string[]): boolean {
  return granted.length > 0 && !granted.includes(column)
}
