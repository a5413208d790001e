import type { ForeignKey } from '../catalog/constraints.ts'
import type { Table } from '../catalog/read.ts'
import { shortName } from '../places.ts'

/**
 * The tables and what they point to. People are left out, since nearly every table names some; so is the way to
 * brand and agency where another way leads there.
 */
export function diagram(
  tables: readonly Table[],
  { all, outside }: { all: readonly Table[]; outside: boolean },
): string {
  const drawn = tables.map(({ id }) => id)
  const edges = tables.flatMap((table) => {
    const ways = table.foreignKeys.filter(
      ({ target }) => target !== 'auth.users' && (outside || drawn.includes(target)),
    )
    const others = ways.map(({ target }) => target).filter((target) => target !== table.id)
    return ways.filter(({ target }) => !isDetour(target, others, all)).map((key) => edge(table, key))
  })
  const alone = drawn.filter((id) => !edges.some((line) => line.split(' ').includes(quoted(id))))
  return [
    '```mermaid',
    'erDiagram',
    ...[...alone.map(quoted), ...edges].map((line) => `  ${line}`),
    '```',
  ].join('\n')
}

/** Whether the way to a brand or an agency goes through another of the table's targets, too. */
function isDetour(target: string, others: readonly string[], all: readonly Table[]): boolean {
  const owned = all
    .filter(({ columns }) => columns.some(({ name }) => name === 'brand_id'))
    .map(({ id }) => id)
  if (target === 'public.brands') return others.some((other) => owned.includes(other))
  if (target === 'public.tenants') return others.some((other) => [...owned, 'public.brands'].includes(other))
  return false
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
