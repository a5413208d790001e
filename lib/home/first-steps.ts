/** What a desk needs before its first post goes out, in order. */
export const firstStepNames = ['brand', 'account', 'client', 'post'] as const
export type FirstStepName = (typeof firstStepNames)[number]

/** A brand as far as a first day asks. */
export type BegunBrand = {
  slug: string
  hasAccount: boolean
  hasClient: boolean
  hasPiece: boolean
  mayConnect: boolean
  mayInvite: boolean
  mayWrite: boolean
}

export type FirstStep = {
  name: FirstStepName
  isDone: boolean
  /** The brand where this person can do it next; null where they may not, or where there is no brand yet. */
  brandSlug: string | null
  mayDo: boolean
}

/** The steps of an agency's first day: each is done once any of its brands has it. */
export function firstSteps(
  brands: readonly BegunBrand[],
  { makesBrands }: { makesBrands: boolean },
): FirstStep[] {
  const step = (
    name: FirstStepName,
    isDone: (brand: BegunBrand) => boolean,
    may: (brand: BegunBrand) => boolean,
  ): FirstStep => {
    const next = brands.find((brand) => may(brand))
    return {
      name,
      isDone: brands.some(isDone),
      brandSlug: next?.slug ?? null,
      // Whoever makes the first brand may do all the rest on it.
      mayDo: next !== undefined || (brands.length === 0 && makesBrands),
    }
  }
  return [
    { name: 'brand', isDone: brands.length > 0, brandSlug: null, mayDo: makesBrands },
    step(
      'account',
      (brand) => brand.hasAccount,
      (brand) => brand.mayConnect,
    ),
    step(
      'client',
      (brand) => brand.hasClient,
      (brand) => brand.mayInvite,
    ),
    step(
      'post',
      (brand) => brand.hasPiece,
      (brand) => brand.mayWrite,
    ),
  ]
}

/** The list stays until each step is done, before those who can do any of what is left. */
export function isFirstDay(steps: readonly FirstStep[]): boolean {
  return steps.some((step) => !step.isDone && step.mayDo)
}
