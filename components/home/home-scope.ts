import type { Brand } from '#lib/brands/queries.ts'
import type { HomeList } from '#lib/home/schema.ts'

/** What every part of a home page needs to know: over which brands, for whom, when, by which clocks. */
export type HomeScope = {
  brandOf: ReadonlyMap<string, Brand>
  /** Over several brands each row carries its brand's mark. */
  marksBrands: boolean
  userId: string
  zone: string
  now: Date
  /** The page's own address, and the list that stands there whole. */
  path: string
  whole: HomeList | undefined
}

/** As many rows as fit, or all where the whole was asked for. */
export function cut<Row>(
  scope: HomeScope,
  list: HomeList,
  rows: readonly Row[],
  most: number,
): readonly Row[] {
  return scope.whole === list ? rows : rows.slice(0, most)
}
