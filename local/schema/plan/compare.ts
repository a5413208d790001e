import type { TableFacts } from './facts.ts'

export type Aspect = 'table' | 'column' | 'type' | 'null' | 'default' | 'key' | 'check'

/** One thing in which the database is not what the plan says. */
export type Difference = {
  table: string
  /** Null for a table or a key. */
  column: string | null
  aspect: Aspect
  /** As the plan has it, or null where it has nothing. */
  plan: string | null
  /** As the database has it, or null where it leaves it out. */
  ours: string | null
}

/** Every difference between the two, in the plan's order, then what only we have. */
export function compare(
  plan: Record<string, TableFacts>,
  database: Record<string, TableFacts>,
): Difference[] {
  return [
    ...Object.entries(plan).flatMap(([table, facts]) => {
      const ours = database[table]
      return ours ? compareTable(table, facts, ours) : [tableDifference(table, 'a table', null)]
    }),
    ...Object.keys(database)
      .filter((table) => !(table in plan))
      .map((table) => tableDifference(table, null, 'a table')),
  ]
}

function tableDifference(table: string, plan: string | null, ours: string | null): Difference {
  return { table, column: null, aspect: 'table', plan, ours }
}

function compareTable(table: string, plan: TableFacts, ours: TableFacts): Difference[] {
  const names = [...new Set([...Object.keys(plan.columns), ...Object.keys(ours.columns)])]
  return [
    ...names.flatMap((column) =>
      compareColumn({ table, column }, plan.columns[column], ours.columns[column]),
    ),
    ...compareKeys(table, plan.keys, ours.keys),
  ]
}

type Place = { table: string; column: string }

function compareColumn(place: Place, plan: string | undefined, ours: string | undefined): Difference[] {
  if (plan === undefined || ours === undefined) {
    return [{ ...place, aspect: 'column', plan: plan ?? null, ours: ours ?? null }]
  }
  const [before, after] = [columnParts(plan), columnParts(ours)]
  const aspects = ['type', 'null', 'default'] as const
  return aspects
    .filter((aspect) => before[aspect] !== after[aspect])
    .map((aspect) => ({ ...place, aspect, plan: before[aspect], ours: after[aspect] }))
}

function columnParts(fact: string): Record<'type' | 'null' | 'default', string | null> {
  const [, type = '', notNull, rule] = /^(.*?)( not null)?(?: (default .*|generated .*))?$/s.exec(fact) ?? []
  return { type, null: notNull ? 'not null' : 'null', default: rule ?? null }
}

/** A key of the plan that is gone goes with the one of ours that took its first column over. */
function compareKeys(table: string, plan: string[], ours: string[]): Difference[] {
  const added = ours.filter((key) => !plan.includes(key))
  const changed = plan
    .filter((key) => !ours.includes(key))
    .map((key) => {
      const heir = added.find((candidate) => takesOver(candidate, key))
      if (heir !== undefined) added.splice(added.indexOf(heir), 1)
      return keyDifference(table, key, heir ?? null)
    })
  return [...changed, ...added.map((key) => keyDifference(table, null, key))]
}

function keyDifference(table: string, plan: string | null, ours: string | null): Difference {
  const isCheck = String(plan ?? ours).startsWith('check')
  return { table, column: null, aspect: isCheck ? 'check' : 'key', plan, ours }
}

/** A foreign key from the same column; a unique rule that has the plan's among its columns. */
function takesOver(candidate: string, key: string): boolean {
  const [kind] = key.split(' ')
  if (!candidate.startsWith(`${kind} `)) return false
  const [mine, theirs] = [columnsOf(candidate), columnsOf(key)]
  return kind === 'foreign' ? mine[0] === theirs[0] : mine.includes(String(theirs.at(-1)))
}

function columnsOf(key: string): string[] {
  return /\(([^)]*)\)/.exec(key)?.[1]?.split(', ') ?? []
}

/** The difference on one line, by which reasons know it: `null brands.tenant_id: null → not null`. */
export function lineOf({ table, column, aspect, plan, ours }: Difference): string {
  return `${aspect} ${column === null ? table : `${table}.${column}`}: ${plan ?? 'nothing'} → ${ours ?? 'nothing'}`
}
