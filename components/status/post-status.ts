/** The states of a piece, in the order they are passed; the words are the interface's. */
export const POST_STATUSES = [
  'draft',
  'pending_review',
  'changes_requested',
  'approved',
  'scheduled',
  'publishing',
  'published',
  'failed',
  'outcome_unknown',
  'archived',
] as const

export type PostStatus = (typeof POST_STATUSES)[number]

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
