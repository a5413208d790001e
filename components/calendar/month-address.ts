import type { CalendarFilter } from '#lib/content/schema.ts'

/** The calendar's address with its filters; `post` opens a piece beside it. */
export function monthAddress(
  brandSlug: string,
  filter: Partial<CalendarFilter>,
  { post }: { post?: number } = {},
): string {
  const query = new URLSearchParams()
  if (filter.month) query.set('month', filter.month)
  if (filter.status?.length) query.set('status', filter.status.join(','))
  if (post !== undefined) query.set('post', String(post))
  const asked = query.toString()
  return `/brands/${brandSlug}/calendar${asked ? `?${asked}` : ''}`
}
