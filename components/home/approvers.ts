import type { Brand } from '#lib/brands/queries.ts'
import type { HomeBrand } from '#lib/home/queries.ts'
import { isClientRole, type Role, roles } from '#lib/members/roles.ts'

const insideRoles: readonly Role[] = ['owner', 'admin', 'manager']

/** Its way of approval asks the client for a yes. */
export function asksClient(mode: Brand['approvalMode']): boolean {
  return mode === 'client' || mode === 'internal_client' || mode === 'custom'
}

/** Those whose yes a brand's way of approval asks for: inside, then the client's. */
export function approversOf(mode: Brand['approvalMode'], people: HomeBrand['people']): HomeBrand['people'] {
  const asksInside = mode === 'internal' || mode === 'internal_client' || mode === 'custom'
  return people
    .filter(({ role }) =>
      isClientRole(role)
        ? asksClient(mode) && role === 'client_approver'
        : asksInside && insideRoles.includes(role),
    )
    .sort((one, other) => roles.indexOf(one.role) - roles.indexOf(other.role))
}
