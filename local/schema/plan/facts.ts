import type { Catalog, Column, Table } from '../export/catalog.ts'
import { respell, respellDefault, shortTypes } from '../export/spelling.ts'

/** A table as both the plan and the catalog can say it: columns by name, and its keys, in our spelling. */
export type TableFacts = { columns: Record<string, string>; keys: string[] }

/** Of tables in schema public, by their names without it. */
export function factsOf({ tables }: Pick<Catalog, 'tables'>): Record<string, TableFacts> {
  const ours = tables.filter(({ name }) => name.startsWith('public.'))
  return Object.fromEntries(ours.map((table) => [bare(table.name), tableFacts(table)]))
}

function tableFacts({ columns, constraints, indexes }: Table): TableFacts {
  const uniqueIndexes = indexes
    .map(({ definition }) => /^create unique index \S+ on \S+ (.*)$/.exec(respell(definition))?.[1])
    .filter((rest) => rest !== undefined)
  return {
    columns: Object.fromEntries(columns.map((column) => [column.name, columnFact(column)])),
    keys: [
      ...constraints.map(({ definition }) => bare(respell(definition))),
      ...uniqueIndexes.map((rest) => `unique ${rest}`),
    ].sort(),
  }
}

/** `text not null default 'draft'` */
function columnFact({ type, notNull, default: value, generated }: Column): string {
  const rule =
    value === null ? '' : generated ? `generated as (${respell(value)})` : `default ${respellDefault(value)}`
  return [shortTypes(type), notNull ? 'not null' : '', bare(rule)].filter(Boolean).join(' ')
}

function bare(sql: string): string {
  return sql.replaceAll('public.', '').replace(/\s+/g, ' ')
}
