import type { RolePermission } from '../catalog/access.ts'
import type { Catalog } from '../catalog/read.ts'
import { anchor, code, ended, list, page, prose, table } from '../markdown.ts'
import { linkTo } from '../places.ts'
import { agencyRoles, brandRoles, roleTitle } from '../roles.ts'
import { permissionsAsked, setsAsked } from '../words/policy.ts'
import { reachOf } from '../words/routine.ts'
import { verbs } from './access.ts'

export function permissionsPage(catalog: Catalog): string {
  return page(
    '# Permissions',
    '[All categories](README.md) · [functions](functions.md)',
    'A person has one role on a brand (`brand_members`) and may have one in its agency (`tenant_members`). What a role may do stands in two tables, printed here as they are; policies, functions and the interface ask the same tables.',
    '## On a brand',
    matrix(catalog.brandPermissions, brandRoles(catalog), 'brand'),
    "Owners and admins of the agency stand on each of its brands in that role. The two client roles are for the agency's customers, all others for its staff.",
    '## In an agency',
    matrix(catalog.agencyPermissions, agencyRoles(catalog), 'agency'),
    '## What each permission opens',
    'Rows that a policy opens to it, alone or with a further condition, and functions that ask for it. A few functions take one of several: [their section](functions.md) names all.',
    opened(catalog),
    '## What policies ask besides',
    'Policies name rows by a permission, by `auth.uid()`, or by one of these sets:',
    sets(catalog),
  )
}

function matrix(
  rows: readonly RolePermission[],
  roles: readonly string[],
  level: 'brand' | 'agency',
): string {
  return table(
    ['permission', ...roles.map((name) => (level === 'brand' ? roleTitle({ level, name }) : name))],
    permissionsIn(rows).map((permission) => [
      code(permission),
      ...roles.map((role) =>
        rows.some((row) => row.role === role && row.permission === permission) ? '●' : '',
      ),
    ]),
    true,
  )
}

function opened(catalog: Catalog): string {
  const exposed = catalog.routines
    .filter(({ schema }) => schema === 'public')
    .map(({ name, ...routine }) => ({
      name,
      permissions: reachOf({ name, ...routine }, catalog.routines).permissions,
    }))
  const permissions = permissionsIn([...catalog.brandPermissions, ...catalog.agencyPermissions])
  return table(
    ['permission', 'rows', 'functions'],
    permissions.map((permission) => {
      const functions = exposed
        .filter((routine) => routine.permissions.includes(permission))
        .map(({ name }) => `[${name}](functions.md#${anchor(name)})`)
        .join(', ')
      const rows = rowsOpened(permission, catalog)
      return [code(permission), rows || functions ? rows : 'nothing yet', functions]
    }),
  )
}

/** "read brands, milestones; change brands" */
function rowsOpened(permission: string, { tables }: Catalog): string {
  const doors = tables.flatMap(({ id, policies }) =>
    policies
      .filter((policy) => permissionsAsked(policy).includes(permission))
      .map(({ verb }) => ({ id, verb })),
  )
  return (Object.keys(verbs) as (keyof typeof verbs)[])
    .map((verb) => ({ verb, ids: doors.filter((door) => door.verb === verb).map((door) => linkTo(door.id)) }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ verb, ids }) => `${verbs[verb]} ${list(ids)}`)
    .join('; ')
}

function sets({ tables, storagePolicies, routines }: Catalog): string {
  const asked = setsAsked([...tables.flatMap(({ policies }) => policies), ...storagePolicies])
  return asked
    .map((name) => {
      const routine = routines.find((one) => one.schema === 'private' && one.name === name)
      return `- ${code(`private.${name}()`)}: ${ended(prose(routine?.comment ?? ''))}`
    })
    .join('\n')
}

function permissionsIn(rows: readonly RolePermission[]): string[] {
  return [...new Set(rows.map(({ permission }) => permission))].sort()
}
