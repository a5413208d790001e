import type { PlanNode, Planned } from './plan-log.ts'

/** From this many rows on a table is never read whole to find a few. */
const LARGE = 10_000

/** Rows of each table by its full name, as the planner estimates them. */
export type Sizes = ReadonlyMap<string, number>

/** What is wrong with a plan: a subquery for each row that is looked at, or a large table read whole. */
export function complaintsAbout({ sql, plan }: Planned, sizes: Sizes): string[] {
  const about = (wrong: string) => `${wrong}\n  in ${sql.replaceAll(/\s+/g, ' ').slice(0, 300)}`
  return nodesOf(plan).flatMap((node) => [
    ...filtersOf(node)
      .filter((condition) => condition.includes('SubPlan'))
      .map((condition) => about(`a subquery for each row: ${condition}`)),
    ...(node['Node Type'].endsWith('Seq Scan') && (sizes.get(relationOf(node)) ?? 0) > LARGE
      ? [about(`${relationOf(node)} is read whole`)]
      : []),
  ])
}

/** Tables that a plan reads, by whatever way. */
export function relationsIn({ plan }: Planned): string[] {
  return nodesOf(plan)
    .filter((node) => node['Relation Name'] !== undefined)
    .map(relationOf)
}

export function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

function relationOf(node: PlanNode): string {
  return `${node.Schema}.${node['Relation Name']}`
}

function filtersOf(node: PlanNode): string[] {
  return Object.entries(node)
    .filter(([name]) => / Cond$|Filter$/.test(name))
    .map(([, condition]) => String(condition))
}
