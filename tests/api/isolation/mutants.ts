import type postgres from 'postgres'
import type { Command } from './contract.ts'
import { type Neighbours, readNeighbours, withNeighbour, withoutOneCondition } from './mutants-conditions.ts'

/** One way in which a migration could leave a guard open, or shut too far: what would be written, on which table. */
export type Mutant = {
  operator: Operator
  table: string
  policy: string | null
  /** What the policy is for: asking that first notices most. */
  command: Command
  change: string
  ddl: string
}
export const operators = [
  'drop the policy',
  'using (true)',
  'with check (true)',
  'to public',
  'row security off',
  'leave out a condition',
  'a neighbouring permission',
] as const
export type Operator = (typeof operators)[number]

type Policy = {
  table: string
  name: string
  command: Command
  using: string | null
  check: string | null
}

/** Every mutant of the database as it is. */
export async function listMutants(db: postgres.Sql): Promise<Mutant[]> {
  const [policies, tables, neighbours] = await Promise.all([
    readPolicies(db),
    readGuardedTables(db),
    readNeighbours(db),
  ])
  return [
    ...policies.flatMap((policy) => [
      drop(policy),
      widen(policy),
      ...change(policy, 'using', policy.using, neighbours),
      ...change(policy, 'with check', policy.check, neighbours),
    ]),
    ...tables.map(switchOff),
  ]
}

export const nameOf = ({ table, policy, change }: Mutant) =>
  [table, policy, change].filter(Boolean).join(' · ')

const drop = (policy: Policy): Mutant => ({
  ...of(policy),
  operator: 'drop the policy',
  change: 'drop the policy',
  ddl: `drop policy ${quoted(policy.name)} on ${policy.table}`,
})

const widen = (policy: Policy): Mutant => ({
  ...of(policy),
  operator: 'to public',
  change: 'to public',
  ddl: `alter policy ${quoted(policy.name)} on ${policy.table} to public`,
})

const switchOff = ({ table }: { table: string }): Mutant => ({
  operator: 'row security off',
  table,
  policy: null,
  command: 'select',
  change: 'row security off',
  ddl: `alter table ${table} disable row level security`,
})

function change(
  policy: Policy,
  clause: 'using' | 'with check',
  expression: string | null,
  neighbours: Neighbours,
): Mutant[] {
  if (expression === null) return []
  const mutant = (operator: Operator, instead: string, words: string): Mutant => ({
    ...of(policy),
    operator,
    change: `${clause} ${words}`,
    ddl: `alter policy ${quoted(policy.name)} on ${policy.table} ${clause} (${instead})`,
  })
  return [
    mutant(`${clause} (true)`, 'true', '(true)'),
    ...withoutOneCondition(expression).map(({ left, instead }) =>
      mutant('leave out a condition', instead, `without ${left}`),
    ),
    ...withNeighbour(expression, neighbours).map(({ from, to, instead }) =>
      mutant('a neighbouring permission', instead, `${to} for ${from}`),
    ),
  ]
}

const of = ({ table, name, command }: Policy) => ({ table, policy: name, command })
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

function readPolicies(db: postgres.Sql) {
  return db<Policy[]>`
    select schemaname || '.' || tablename as table, policyname as name,
           case cmd when 'ALL' then 'select' else lower(cmd) end as command, qual as using, with_check as check
      from pg_policies where schemaname in ('public', 'private', 'storage') order by 1, 2`
}

function readGuardedTables(db: postgres.Sql) {
  return db<{ table: string }[]>`
    select n.nspname || '.' || c.relname as table
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relrowsecurity and n.nspname in ('public', 'private', 'storage') order by 1`
}
