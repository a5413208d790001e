import { approvalsHref, postHref } from '#components/approvals/hrefs.ts'
import { monthAddress } from '#components/calendar/month-address.ts'
import type { Brand } from '#lib/brands/queries.ts'

/** Where this person reads a piece: an analyst has the calendar alone. */
export function pieceHref(brand: Brand, { number }: { number: number }): string {
  return brand.role === 'analyst'
    ? monthAddress(brand.slug, {}, { post: number })
    : postHref(brand.slug, number)
}

/** The piece among what waits for a yes. */
export function reviewHref(brand: Brand, { id }: { id: string }): string {
  return approvalsHref(brand.slug, { post: id })
}
