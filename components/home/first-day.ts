import { type Agency, type Brand, makesBrands } from '#lib/brands/queries.ts'
import { type FirstStep, firstSteps } from '#lib/home/first-steps.ts'
import type { HomeBrand } from '#lib/home/queries.ts'
import { can } from '#lib/members/roles.ts'
import type { HomeScope } from './home-scope.ts'

/** What these brands still need before their first post goes out, and which of it this person can do. */
export function stepsOf(
  homes: readonly HomeBrand[],
  { brandOf }: Pick<HomeScope, 'brandOf'>,
  agencies: readonly Agency[],
): FirstStep[] {
  const begun = homes.flatMap((home) => {
    const brand = brandOf.get(home.id)
    return brand ? [begunBrand(home, brand)] : []
  })
  return firstSteps(begun, { makesBrands: agencies.some(makesBrands) })
}

function begunBrand(home: HomeBrand, brand: Brand) {
  return {
    slug: brand.slug,
    hasAccount: home.accounts.length > 0,
    hasClient: home.hasClient,
    hasPiece: home.hasPiece,
    mayConnect: can(brand, 'connections.manage'),
    mayInvite: can(brand, 'members.manage'),
    mayWrite: can(brand, 'content.create'),
  }
}
