import type { ForeignKey } from '../catalog/constraints.ts'
import type { Table } from '../catalog/read.ts'
import { shortName } from '../places.ts'

const owners = ['public.brands', 'public.tenants']

/**
 * The tables and what they point to. People are left out, since nearly every table names some; so is the way to
 * brand and agency where a table has another way up.
 */
export function diagram(tables: readonly Table[], { outside }: { outside: boolean }): string {
  const ids = tables.map((table) => table.id)
  const edges = tables.flatMap((table) => {
    const drawn = table.foreignKeys.filter(
      (key) => key.target !== 'auth.users' && (outside || ids.includes(key.target)),
    )
    return drawn.filter((key) => isWayUp(key, drawn, table.id)).map((key) => edge(table, key))
  })
  const named = tables
    .map((table) => table.id)
    .filter((id) => !edges.some((line) => line.split(' ').includes(quoted(id))))
  return [
    '```mermaid',
    'erDiagram',
    ...[...named.map(quoted), ...edges].map((line) => `  ${line}`),
    '```',
  ].join('\n')
}

function isWayUp(key: ForeignKey, drawn: readonly ForeignKey[], table: string): boolean {
  const rank = owners.indexOf(key.target)
  if (rank < 0) return true
  return !drawn.some(({ target }) => target !== table && rank > owners.indexOf(target))
}

function edge(table: Table, key: ForeignKey): string {
  const optional = key.columns.some(
    (name) => table.columns.find((column) => column.name === name)?.nullable ?? false,
  )
  const single = table.uniques.some(
    ({ columns, where }) => where === null && columns.every((column) => key.columns.includes(column)),
  )
  const label = key.columns.find((column) => !['brand_id', 'tenant_id'].includes(column)) ?? key.columns[0]
  return `${quoted(key.target)} ${optional ? '|o' : '||'}--${single ? 'o|' : 'o{'} ${quoted(table.id)} : ${label}`
}

function quoted(table: string): string {
  const name = shortName(table)
  return name.includes('.') ? `"${name}"` : name
}
