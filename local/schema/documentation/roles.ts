import type { Catalog } from './catalog/read.ts'
import type { Role } from './words/policy.ts'
import { allowedValues } from './words/values.ts'

/** In the order in which the check of brand_members names them: from most to least. */
export function brandRoles(catalog: Catalog): string[] {
  return rolesOf(catalog, 'public.brand_members')
}

export function agencyRoles(catalog: Catalog): string[] {
  return rolesOf(catalog, 'public.tenant_members')
}

export function roleTitle(role: Role): string {
  if (role.level === 'anyone') return 'anyone signed in'
  return role.level === 'agency' ? `agency ${role.name}` : role.name.replace('_', ' ')
}

function rolesOf(catalog: Catalog, table: string): string[] {
  const checks = catalog.tables.find(({ id }) => id === table)?.checks ?? []
  const roles = allowedValues(checks, 'role')
  if (!roles) throw new Error(`${table}.role has no check that lists the roles.`)
  return roles
}
