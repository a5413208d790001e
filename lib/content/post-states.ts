/** The states a piece is shown in. outcome_unknown is a job's; while one is, the piece itself is publishing. */
export const postStates = [
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
export type PostState = (typeof postStates)[number]
