import { createHash } from 'node:crypto'

/** Whose policies are measured: who they are in seed.sql, and a brand of theirs that statements name. */
export type Caller = { name: string; id: string; brands: number; brandId: string }

export const oneBrand = caller('1 brand', 1, -1, 0)
export const twentyBrands = caller('20 brands', 20, 0, 0)
export const manyBrands = caller('500 brands', 500, 1000, 200)
/** On every brand of 76 agencies, which nobody is: the far end of the scale. */
export const everyBrand = caller('2 000 brands', 2000, -2, 0)
export const client = caller('client of 20', 20, 4, 0)

function caller(name: string, brands: number, person: number, brand: number): Caller {
  return { name, brands, id: seededId('person', person), brandId: seededId('brand', brand) }
}

/** bench.id() of seed.sql. */
export function seededId(kind: string, number: number): string {
  const hex = createHash('md5').update(`${kind}${number}`).digest('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
