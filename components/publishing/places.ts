import type { Brand } from '#lib/brands/queries.ts'

/** The brands of a publishing page, by id; on the page of one there is no need to say which. */
export type Places = { brands: ReadonlyMap<string, Brand>; isOne: boolean; zone: string; path: string }

export function placesOf(brands: readonly Brand[], { zone, path }: Pick<Places, 'zone' | 'path'>): Places {
  return { brands: new Map(brands.map((brand) => [brand.id, brand])), isOne: brands.length === 1, zone, path }
}
