'use server'

import { z } from 'zod'
import type { PaletteHit } from '#components/shell/shell-context.tsx'
import { memberAction } from '#lib/actions.ts'
import { listDeskBrands } from '#lib/brands/queries.ts'
import { findPieces as find } from '#lib/content/find.ts'
import { slugOf } from '#lib/content/states.ts'
import { formatInstant } from '#lib/time/format.ts'

/** What the palette finds, over every brand whose drafts the person may see. */
export const findPieces = memberAction
  .metadata({ name: 'content.find' })
  .inputSchema(z.string().trim().min(2).max(100))
  .action(async ({ parsedInput: words, ctx: { db } }): Promise<PaletteHit[]> => {
    const [brands, found] = await Promise.all([listDeskBrands(), find(db, { words })])
    const brandOf = new Map(brands.map((brand) => [brand.id, brand]))
    return found.flatMap(({ id, brandId, number, title, state, at }) => {
      const brand = brandOf.get(brandId)
      if (!brand) return []
      return {
        id,
        href: `/brands/${brand.slug}/content/${number}`,
        slug: slugOf(brand, { number }),
        title,
        status: state,
        when: at ? formatInstant(at, brand.timeZone, 'day-time') : 'no date',
      }
    })
  })
