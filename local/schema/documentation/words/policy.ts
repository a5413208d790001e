import type { Policy, RolePermission } from '../catalog/access.ts'
import type { Routine } from '../catalog/routines.ts'
import { code } from '../markdown.ts'
import { type Expression, readExpression } from './expression.ts'
import { permissionsOfSet } from './routine.ts'

/** One plain condition of a policy. */
type Condition =
  | { kind: 'permission'; level: 'brand' | 'agency'; permission: string }
  | { kind: 'set'; routine: string; column: string }
  | { kind: 'caller'; column: string }
  | { kind: 'row'; words: string }

/** How many of the rows at hand a role reaches. */
export type Extent = 'none' | 'some' | 'every'

/** Whose door it is: a role of a brand, a role of an agency, or nothing but being signed in. */
export type Role = { level: 'brand' | 'agency'; name: string } | { level: 'anyone' }

export type Rights = {
  brand: readonly RolePermission[]
  agency: readonly RolePermission[]
  routines: readonly Routine[]
}

/** A policy's condition as a sentence without its full stop. */
export function wordsOf(sql: string): string {
  return words(readExpression(sql), 0)
}

/** The private functions, `brands_with` and `tenants_with` apart, that policies ask for rows. */
export function setsAsked(policies: readonly Policy[]): string[] {
  const asked = policies.flatMap(({ using, check }) =>
    [using, check].flatMap((sql) => (sql === null ? [] : atoms(readExpression(sql)))),
  )
  return [...new Set(asked.flatMap((one) => (one.kind === 'set' ? one.routine : [])))].sort()
}

/** The permissions that a policy names. */
export function permissionsAsked(policy: Policy): string[] {
  const conditions = [policy.using, policy.check].flatMap((sql) =>
    sql === null ? [] : atoms(readExpression(sql)),
  )
  return [...new Set(conditions.flatMap((one) => (one.kind === 'permission' ? one.permission : [])))]
}

export function extentOf(policy: Policy, role: Role, rights: Rights): Extent {
  const sides = [policy.using, policy.check].filter((sql) => sql !== null)
  return least(sides.map((sql) => extent(readExpression(sql), role, rights)))
}

export function most(extents: readonly Extent[]): Extent {
  return extents.includes('every') ? 'every' : extents.includes('some') ? 'some' : 'none'
}

function least(extents: readonly Extent[]): Extent {
  return extents.includes('none') ? 'none' : extents.includes('some') ? 'some' : 'every'
}

function extent(expression: Expression, role: Role, rights: Rights): Extent {
  if (expression.kind === 'atom') return extentOfCondition(condition(expression.sql), role, rights)
  const parts = expression.parts.map((part) => extent(part, role, rights))
  return expression.kind === 'any' ? most(parts) : least(parts)
}

function extentOfCondition(one: Condition, role: Role, rights: Rights): Extent {
  if (one.kind === 'permission') {
    return role.level === one.level && holds(role.name, one.permission, rights[one.level]) ? 'every' : 'none'
  }
  if (one.kind === 'set') {
    const { held, withheld } = permissionsOfSet(one.routine, rights.routines)
    if (held === undefined) return 'some'
    if (role.level !== 'brand' || !holds(role.name, held, rights.brand)) return 'none'
    return withheld !== undefined && holds(role.name, withheld, rights.brand) ? 'none' : 'some'
  }
  return 'some'
}

function holds(role: string, permission: string, rows: readonly RolePermission[]): boolean {
  if (!rows.some((row) => row.permission === permission))
    throw new Error(`A policy asks for ${permission}, which no role holds.`)
  return rows.some((row) => row.role === role && row.permission === permission)
}

function words(expression: Expression, depth: number): string {
  if (expression.kind === 'atom') return wordsOfCondition(condition(expression.sql))
  const joint = expression.kind === 'all' ? ' and ' : depth === 0 ? '; or ' : ' or '
  const text = expression.parts.map((part) => words(part, depth + 1)).join(joint)
  return expression.kind === 'any' && depth > 0 ? `(${text})` : text
}

function wordsOfCondition(one: Condition): string {
  if (one.kind === 'permission')
    return `the caller has ${code(one.permission)}${one.level === 'agency' ? ' in its agency' : ''}`
  if (one.kind === 'set')
    return `${code(one.column)} is among [${one.routine}](permissions.md#what-policies-ask-besides)`
  if (one.kind === 'caller') return `${code(one.column)} is the caller`
  return one.words
}

function atoms(expression: Expression): Condition[] {
  return expression.kind === 'atom' ? [condition(expression.sql)] : expression.parts.flatMap(atoms)
}

/** Reads the forms that our policies have; what it does not know stands as SQL, and counts as "some rows". */
function condition(sql: string): Condition {
  const permission = /= any \((?:array)?\(+select private\.(brands|tenants)_with\('([^']+)'\)/.exec(sql)
  if (permission?.[2]) {
    return {
      kind: 'permission',
      level: permission[1] === 'brands' ? 'brand' : 'agency',
      permission: permission[2],
    }
  }
  const set = /^(\w+) = any \(array\(select private\.(\w+)\(\)\)\)$/.exec(sql)
  if (set?.[1] && set[2]) return { kind: 'set', column: set[1], routine: set[2] }
  const caller = /^(\w+) = \(select auth\.uid\(\)\)$/.exec(sql)?.[1]
  if (caller) return { kind: 'caller', column: caller }
  const [, column, state] = /^(\w+) (is null|is not null)$/.exec(sql) ?? []
  if (column) return { kind: 'row', words: `${code(column)} is ${state === 'is null' ? 'not set' : 'set'}` }
  const [, name, value] = /^(\w+) = '([^']*)'$/.exec(sql) ?? []
  if (name && value !== undefined) return { kind: 'row', words: `${code(name)} is ${code(value)}` }
  return { kind: 'row', words: code(sql) }
}
