import { categories } from '../categories.ts'
import type { Catalog } from '../export/catalog.ts'
import { compare, type Difference } from './compare.ts'
import customerPlan from './customer-plan.json' with { type: 'json' }
import { factsOf, type TableFacts } from './facts.ts'
import { decisions, type Explained, explain, reasons } from './reasons.ts'

/** The tables of the plan that it drops itself, at the end of its own migration. */
export const legacyTables = ['platform_connections', 'publishing_jobs']

/** The customer's plan, as Postgres read its statements back, and a database side by side. */
export type Comparison = {
  plan: Record<string, TableFacts>
  database: Record<string, TableFacts>
  differences: Difference[]
}

export function compareWithPlan(catalog: Catalog): Comparison {
  const database = factsOf(catalog)
  return { plan: customerPlan, database, differences: compare(customerPlan, database) }
}

/** docs/schema/plan.md. Throws for a difference without a reason. */
export function planPage(comparison: Comparison): string {
  const explained = explain(comparison.differences)
  return `${[
    '# The schema beside the customer’s plan',
    '<!-- Made by `npm run db:export`: do not edit. Reasons are in local/schema/plan/reasons.ts. -->',
    summary(comparison),
    '## Reasons',
    reasonList(explained),
    '## Tables',
    ...categories.flatMap(({ title, tables }, place) => [
      `### ${place + 1}. ${title}`,
      ...tables
        .filter((table) => table.startsWith('public.'))
        .map((table) => tableSection(comparison, explained, table.replace('public.', ''))),
    ]),
  ].join('\n\n')}\n`
}

export function countsOf({ plan, database, differences }: Comparison) {
  const target = Object.entries(plan).filter(([table]) => !legacyTables.includes(table))
  const columnsOf = (tables: TableFacts[]) =>
    tables.reduce((sum, { columns }) => sum + Object.keys(columns).length, 0)
  return {
    planTables: target.length,
    planColumns: columnsOf(target.map(([, facts]) => facts)),
    tables: Object.keys(database).length,
    columns: columnsOf(Object.values(database)),
    differences: differences.length,
  }
}

function summary(comparison: Comparison): string {
  const counts = countsOf(comparison)
  return `The plan’s target has ${counts.planTables} tables with ${counts.planColumns} columns. Each of them is here under its name. In ${counts.differences} things the schema is not the plan’s word for word: columns and tables that it lacks, types, defaults, keys and checks. Each has one of ${reasons.length} reasons.

|         | plan | here |
| ------- | ---: | ---: |
| tables  | ${cell(counts.planTables)} | ${cell(counts.tables)} |
| columns | ${cell(counts.planColumns)} | ${cell(counts.columns)} |

Here means schema \`public\`; the few tables of schema \`private\` are no part of the plan. The plan also spells out ${legacyTables.map((table) => `\`${table}\``).join(' and ')}, which it drops itself (reason 1).`
}

function cell(count: number): string {
  return String(count).padStart(4)
}

function reasonList(explained: Explained[]): string {
  return reasons
    .map(({ title, why, decision }, place) => {
      const count = explained.filter(({ reason }) => reason === place + 1).length
      return `${place + 1}. **${title}.** ${why} ${count} ${count === 1 ? 'difference' : 'differences'}; [${decision}](../decisions/${decisions[decision]}).`
    })
    .join('\n')
}

function tableSection({ plan, database }: Comparison, explained: Explained[], table: string): string {
  const mine = explained.filter(({ difference }) => difference.table === table)
  const [planned, made] = [plan[table], database[table]]
  const reason = mine.find(({ difference }) => difference.aspect === 'table')?.reason
  if (!planned || !made) return `#### ${table}\n\nNot in the plan (reason ${reason}).`
  return [
    `#### ${table}`,
    grid('column', columnRows(planned, made, mine)),
    grid('key or check', keyRows(planned, mine)),
  ].join('\n\n')
}

function columnRows(planned: TableFacts, made: TableFacts, mine: Explained[]): string[][] {
  const names = [...new Set([...Object.keys(planned.columns), ...Object.keys(made.columns)])]
  return names.map((name) => {
    const why = mine.filter(({ difference }) => difference.column === name).map(({ reason }) => reason)
    return [code(name), ...beside(planned.columns[name], made.columns[name]), [...new Set(why)].join(', ')]
  })
}

function keyRows(planned: TableFacts, mine: Explained[]): string[][] {
  const changed = mine.filter(({ difference }) => difference.column === null)
  const kept = planned.keys.filter((key) => !changed.some(({ difference }) => difference.plan === key))
  return [
    ...kept.map((key) => [...beside(key, key), '']),
    ...changed.map(({ difference: { plan, ours }, reason }) => [
      ...beside(plan ?? undefined, ours ?? undefined),
      String(reason),
    ]),
  ]
}

function beside(plan: string | undefined, ours: string | undefined): [string, string] {
  return [
    plan === undefined ? '' : code(plan),
    ours === plan ? 'as planned' : ours === undefined ? 'none' : code(ours),
  ]
}

function grid(first: string, rows: string[][]): string {
  const head =
    first === 'column' ? ['column', 'plan', 'here', 'reason'] : [`${first} of the plan`, 'here', 'reason']
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** A bar would end the cell, even within backticks. */
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``
}
