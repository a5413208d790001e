import { type PostState, postStates } from './schema.ts'

/** The state to show: the piece's own, but for an answer that got lost on its way. */
export function shownState(status: string, hasUnknownJob: boolean): PostState {
  if (hasUnknownJob) return 'outcome_unknown'
  return postStates.find((state) => state === status) ?? 'draft'
}

/** Nothing of a piece in these can be changed any more. */
export function isClosed(status: string): boolean {
  return status === 'publishing' || status === 'published' || status === 'archived'
}

/** Somebody was asked, or said yes: an edit of what would go out takes that back. */
export function isSealed(status: string): boolean {
  return status === 'pending_review' || status === 'approved' || status === 'scheduled' || status === 'failed'
}

export function slugOf(brand: { code: string }, post: { number: number }): string {
  return `${brand.code}-${post.number}`
}

/** "OE-318", "oe318", "#318" or "318" name a piece of the brand OE; anything else is words of a title. */
export function numberIn(query: string, code: string): number | null {
  const typed = query.trim().toUpperCase()
  const digits = typed.startsWith(code.toUpperCase())
    ? typed.slice(code.length).replace(/^-/, '')
    : typed.replace(/^#/, '')
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null
}
