import { NETWORK_NAMES, type Network } from '#components/status/network-glyph.tsx'
import { type PostStatus, STATUS_WORDS } from '#components/status/post-status.ts'
import type { CalendarPost } from './calendar-post.ts'

const washed = 'border-[color-mix(in_oklab,var(--c)_42%,transparent)] bg-(--w)'
const standing = 'border-rule-2 bg-sheet'

/** What a chip stands on: done falls silent, a draft is dashed, trouble has its wash. */
export const chipGround: Record<PostStatus, string> = {
  draft: 'border-dashed border-rule-2',
  pending_review: washed,
  changes_requested: washed,
  approved: standing,
  scheduled: standing,
  publishing: standing,
  published: 'border-transparent',
  failed: washed,
  outcome_unknown: washed,
  archived: 'border-transparent',
}

export const chipSelected = 'z-1 border-transparent bg-pencil-wash outline-2 outline-pencil'

const LOUD: readonly PostStatus[] = [
  'pending_review',
  'changes_requested',
  'failed',
  'outcome_unknown',
  'publishing',
]
/** Loud only by exception: these say their word in the grid too. */
export const isLoud = (status: PostStatus) => LOUD.includes(status)

const DONE: readonly PostStatus[] = ['published', 'archived']
export const isDone = (status: PostStatus) => DONE.includes(status)

export const titleLook = (status: PostStatus) =>
  status === 'archived' ? 'text-ink-2 line-through' : isDone(status) || status === 'draft' ? 'text-ink-2' : ''

export const distinct = (networks: readonly Network[]) => [...new Set(networks)]

/** "07:30, Friday pie drop: fig. Scheduled. Instagram, Facebook" */
export function chipName({ time, title, status, networks }: CalendarPost): string {
  const places = distinct(networks).map((network) => NETWORK_NAMES[network])
  return `${time}, ${title}. ${STATUS_WORDS[status]}. ${places.join(', ')}`
}
