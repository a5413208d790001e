/** Where a reviewer's keys lead: the head of the piece. */
export const REVIEW_ID = 'review'
