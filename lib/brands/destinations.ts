import { isClientRole, type Role } from '#lib/members/roles.ts'

type Belonging = {
  brands: readonly { slug: string; role: Role }[]
  agencies: readonly { role: 'owner' | 'admin' | 'staff' }[]
}

/** Where somebody lands: in their one brand, on the desk of many, in the portal, or at the beginning. */
export function whereToGo({ brands, agencies }: Belonging): string {
  const desk = brands.filter((brand) => !isClientRole(brand.role))
  const [only] = desk
  if (only && desk.length === 1) return `/brands/${only.slug}`
  if (desk.length > 1 || agencies.length > 0) return '/today'
  return brands.length > 0 ? '/portal' : '/welcome'
}
