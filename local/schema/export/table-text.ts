import type { Column, Constraint, Grant, Part, Policy, Table } from './catalog.ts'
import { foldCondition, quote, respell, respellDefault, shortTypes } from './spelling.ts'

/** `create table`, with its columns aligned and those constraints that can already stand. */
export function tableText(table: Table, constraints: Constraint[]): string {
  const width = (pick: (column: Column) => string) => Math.max(...table.columns.map((c) => pick(c).length))
  const nameWidth = width(({ name }) => name)
  const typeWidth = width(({ type }) => shortTypes(type))
  const columns = table.columns.map((column) =>
    `${column.name.padEnd(nameWidth)} ${shortTypes(column.type).padEnd(typeWidth)} ${columnRule(column)}`.trimEnd(),
  )
  const rules = inOrder(constraints).map(
    ({ name, definition }) => `constraint ${name} ${respell(definition)}`,
  )
  return `create table ${table.name} (\n${[...columns, ...rules].map((line) => `  ${line}`).join(',\n')}\n);`
}

function columnRule({ notNull, default: value, generated }: Column): string {
  const rules = [notNull ? 'not null' : '']
  if (value !== null) {
    rules.push(
      generated ? `generated always as (${respell(value)}) stored` : `default ${respellDefault(value)}`,
    )
  }
  return rules.filter(Boolean).join(' ')
}

const constraintOrder = ['p', 'u', 'x', 'f', 'c']

function inOrder(constraints: Constraint[]): Constraint[] {
  return constraints.toSorted((a, b) => constraintOrder.indexOf(a.kind) - constraintOrder.indexOf(b.kind))
}

export function tableComments(table: Table): string[] {
  return [
    ...commentOn(`table ${table.name}`, table.comment),
    ...table.columns.flatMap(({ name, comment }) => commentOn(`column ${table.name}.${name}`, comment)),
    ...table.constraints.flatMap(({ name, comment }) =>
      commentOn(`constraint ${name} on ${table.name}`, comment),
    ),
  ]
}

export function indexText(table: Table, { name, definition, comment }: Part): string[] {
  const [schema] = table.name.split('.')
  return [`${respell(definition)};`, ...commentOn(`index ${schema}.${name}`, comment)]
}

export function constraintText(table: Table, { name, definition, comment }: Constraint): string[] {
  return [
    `alter table ${table.name} add constraint ${name} ${respell(definition)};`,
    ...commentOn(`constraint ${name} on ${table.name}`, comment),
  ]
}

export function triggerText(table: Table, { name, definition, comment }: Part): string[] {
  const spelt = respell(definition)
  const folded = spelt.length > 110 ? spelt.replace(' for each ', '\n  for each ') : spelt
  return [`${folded};`, ...commentOn(`trigger ${name} on ${table.name}`, comment)]
}

export function policyText(table: Table, policy: Policy): string[] {
  const { name, permissive, command, roles, using, check, comment } = policy
  const kind = permissive ? '' : ' as restrictive'
  const clauses = [
    ...(using === null ? [] : [`using ${condition(using)}`]),
    ...(check === null ? [] : [`with check ${condition(check)}`]),
  ]
  return [
    `create policy ${name} on ${table.name}${kind} for ${command} to ${roles.join(', ')}\n  ${clauses.join('\n  ')};`,
    ...commentOn(`policy ${name} on ${table.name}`, comment),
  ]
}

function condition(expression: string): string {
  const folded = foldCondition(respell(expression), '    ')
  return folded.includes('\n') ? `(\n    ${folded}\n  )` : `(${folded})`
}

const privilegeOrder = ['select', 'insert', 'update', 'delete']

/** `grant select, insert (brand_id, body) on public.content_comments to authenticated;` */
export function grantText(grants: Grant[], object: string): string[] {
  const given = new Map<string, string[]>()
  for (const role of [...new Set(grants.map((grant) => grant.role))].sort()) {
    const privileges = grants
      .filter((grant) => grant.role === role)
      .toSorted((a, b) => privilegeOrder.indexOf(a.privilege) - privilegeOrder.indexOf(b.privilege))
      .map(({ privilege, columns }) => (columns ? `${privilege} (${columns.join(', ')})` : privilege))
      .join(', ')
    given.set(privileges, [...(given.get(privileges) ?? []), role])
  }
  return [...given].map(([privileges, roles]) => `grant ${privileges} on ${object} to ${roles.join(', ')};`)
}

export function commentOn(object: string, comment: string | null): string[] {
  return comment === null ? [] : [`comment on ${object} is ${quote(comment)};`]
}
