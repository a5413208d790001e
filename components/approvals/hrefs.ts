import type { ApprovalFilter } from '#lib/approvals/schema.ts'

/** The approvals page of a brand with another queue, piece or view; what is left out falls back. */
export function approvalsHref(brandSlug: string, filter: Partial<ApprovalFilter> = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value))
  return `/brands/${brandSlug}/approvals${query.size > 0 ? `?${query}` : ''}`
}

/** A piece's own page. */
export function postHref(brandSlug: string, number: number): string {
  return `/brands/${brandSlug}/content/${number}`
}
