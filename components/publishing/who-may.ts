import { can, type Permission } from '#lib/members/roles.ts'

type Holder = { permissions: ReadonlySet<Permission> }

/** Why a person may not judge jobs, and who may; null for those who may. */
export function retryRefused(brand: Holder): string | null {
  return can(brand, 'publishing.retry') ? null : 'Owners, admins and managers of this brand decide this.'
}

export function connectRefused(brand: Holder): string | null {
  return can(brand, 'connections.manage') ? null : 'Owners and admins connect accounts.'
}

export function pauseRefused(brand: Holder): string | null {
  return can(brand, 'publishing.pause') ? null : 'Owners, admins and managers of this brand pause it.'
}
