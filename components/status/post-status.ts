import { type PostState, postStates } from '#lib/content/post-states.ts'

/** The states of a piece, in the order they are passed; the words are the interface's. */
export const POST_STATUSES = postStates
export type PostStatus = PostState

export const STATUS_WORDS: Record<PostStatus, string> = {
  draft: 'Draft',
  pending_review: 'In review',
  changes_requested: 'Changes asked',
  approved: 'Approved',
  scheduled: 'Scheduled',
  publishing: 'Publishing',
  published: 'Published',
  failed: 'Failed',
  outcome_unknown: 'Outcome unknown',
  archived: 'Archived',
}

/** Where there is no room: calendar chips and filter chips. */
export const STATUS_SHORT_WORDS: Record<PostStatus, string> = {
  ...STATUS_WORDS,
  pending_review: 'Review',
  changes_requested: 'Changes',
  publishing: 'Sending',
  outcome_unknown: 'Unknown',
}

export function isPostStatus(value: string): value is PostStatus {
  return POST_STATUSES.some((status) => status === value)
}
