import { z } from 'zod'
import type { Sql } from './sql.ts'

const ids = z.array(z.object({ id: z.uuid() }))
const purged = z.tuple([z.object({ purged: z.boolean() })])

export type BrandRecords = {
  /** Brands whose grace is over and of which nothing is on its way to a network. */
  toDelete(): Promise<string[]>
  /** Takes all rows of the brand but those of the audit log. @returns false: it was kept after all */
  delete(brandId: string): Promise<boolean>
}

export function createBrandRecords(sql: Sql): BrandRecords {
  return {
    async toDelete() {
      return ids.parse([...(await sql`select id from private.brands_to_purge() as id`)]).map(({ id }) => id)
    },
    async delete(brandId) {
      return purged.parse([...(await sql`select private.purge_brand(${brandId}) as purged`)])[0].purged
    },
  }
}
