'use server'

import { z } from 'zod'
import type { PaletteHit } from '#components/shell/shell-context.tsx'
import { memberAction } from '#lib/actions.ts'
import { listDeskBrands } from '#lib/brands/queries.ts'
import { findPieces as find } from '#lib/content/find.ts'
import { slugOf } from '#lib/content/states.ts'
import { can } from '#lib/members/roles.ts'
import { formatInstant } from '#lib/time/format.ts'

/** What the palette finds, over every brand whose drafts the person may see. */
export const findPieces = memberAction
  .metadata({ name: 'content.find' })
  .inputSchema(z.string().trim().min(2).max(100))
  .action(async ({ parsedInput: words, ctx: { db } }): Promise<PaletteHit[]> => {
    const brands = (await listDeskBrands()).filter((brand) => can(brand, 'content.view'))
    if (brands.length === 0) return []
    const found = await find(db, { brands, words })
    return found.map(({ id, brand, number, title, state, at }) => ({
      id,
      href: `/brands/${brand.slug}/content/${number}`,
      slug: slugOf(brand, { number }),
      title,
      status: state,
      when: at ? formatInstant(at, brand.timeZone, 'day-time') : 'no date',
    }))
  })
