import type { Network } from '#components/status/network-glyph.tsx'
import type { PostStatus } from '#components/status/post-status.ts'

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
