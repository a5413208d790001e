import type { Grant, Policy, Verb } from '../catalog/access.ts'
import type { Catalog, Table } from '../catalog/read.ts'
import { code, list, table as markdownTable, sentence } from '../markdown.ts'
import { agencyRoles, brandRoles, roleTitle } from '../roles.ts'
import { type Extent, extentOf, most, type Role, wordsOf } from '../words/policy.ts'

export const verbs: Record<Verb, string> = {
  select: 'read',
  insert: 'add',
  update: 'change',
  delete: 'delete',
}
const mark: Record<Extent, string> = { none: '', some: '◐', every: '●' }

/** Grid, policies in words and column grants of one table. */
export function accessTo(table: Table, catalog: Catalog): string {
  const open = (Object.keys(verbs) as Verb[]).filter((verb) => grantOf(table.grants, verb))
  if (open.length === 0) return 'None through the Data API.'
  return [
    grid(table, open, catalog),
    ...open.map((verb) => `- **${sentence(verbs[verb]).slice(0, -1)}**${described(table, verb)}`),
  ].join('\n')
}

function grid(table: Table, open: readonly Verb[], catalog: Catalog): string {
  const roles = rolesNamed(table.policies, catalog)
  return `${markdownTable(
    ['', ...roles.map(roleTitle)],
    open.map((verb) => [
      verbs[verb],
      ...roles.map((role) => mark[extentFor(policiesFor(table.policies, verb), role, catalog)]),
    ]),
    true,
  )}\n`
}

/** Brand roles, agency roles and plain sign-in, each where a policy has a door for them. */
function rolesNamed(policies: readonly Policy[], catalog: Catalog): Role[] {
  const groups: Role[][] = [
    brandRoles(catalog).map((name): Role => ({ level: 'brand', name })),
    agencyRoles(catalog).map((name): Role => ({ level: 'agency', name })),
    [{ level: 'anyone' }],
  ]
  const anyone = extentFor(policies, { level: 'anyone' }, catalog)
  return groups
    .filter((group) =>
      group.some((role) => {
        const reached = extentFor(policies, role, catalog)
        return reached !== 'none' && (role.level === 'anyone' || reached !== anyone)
      }),
    )
    .flat()
}

function extentFor(policies: readonly Policy[], role: Role, catalog: Catalog): Extent {
  const rights = {
    brand: catalog.brandPermissions,
    agency: catalog.agencyPermissions,
    routines: catalog.routines,
  }
  return most(policies.map((policy) => extentOf(policy, role, rights)))
}

function policiesFor(policies: readonly Policy[], verb: Verb): Policy[] {
  return policies.filter((policy) => policy.verb === verb || policy.verb === 'all')
}

function described(table: Table, verb: Verb): string {
  const columns = columnsOpen(table, verb)
  const policies = policiesFor(table.policies, verb)
  if (policies.length === 0) return `${columns}: no row, since no policy says otherwise.`
  return `${columns}: ${policies.map(wordsOfPolicy).join(' Or: ')}`
}

function wordsOfPolicy({ using, check }: Policy): string {
  const [first, second] = [using, check].filter((sql) => sql !== null).map(wordsOf)
  if (first === undefined) return 'always.'
  return second === undefined || second === first
    ? `where ${first}.`
    : `where ${first}; and what it becomes must satisfy: ${second}.`
}

/** Which columns, unless it is all of them. */
function columnsOpen(table: Table, verb: Verb): string {
  const granted = grantOf(table.grants, verb)?.columns ?? []
  const closed = table.columns.map(({ name }) => name).filter((name) => !granted.includes(name))
  if (verb === 'delete' || closed.length === 0) return ''
  if (verb === 'select' && closed.length < granted.length) return ` all but ${list(closed.map(code))}`
  return ` ${list(granted.map(code))}`
}

function grantOf(grants: readonly Grant[], verb: Verb): Grant | undefined {
  return grants.find((grant) => grant.role === 'authenticated' && grant.verb === verb)
}
