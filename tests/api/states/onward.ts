import type { Role } from './cast.ts'
import type { Job, Piece } from './pieces.ts'
import type { Step } from './steps.ts'

type Next = { what: string; who: Role; pick?: number }

/**
 * What people and worker who know their trade would do next with a piece. Random moves are mostly refused; mixed
 * with these, they meet pieces that are far along. Now and then it goes well another way.
 */
export function onward(piece: Piece, given: Step): Step {
  const next = nextMove(piece, given.pick)
  return { ...given, pick: 0, ...next }
}

function nextMove(piece: Piece, pick: number): Next {
  const seldom = pick % 4 === 3
  if (piece.held) return { what: 'approve', who: 'approver' }
  switch (piece.status) {
    case 'draft':
    case 'changes_requested':
      return { what: piece.planned || seldom ? 'submit' : 'schedule', who: 'creator' }
    case 'pending_review':
      return { what: seldom ? 'askChanges' : 'approve', who: piece.lane === 'client' ? 'approver' : 'owner' }
    case 'failed':
      return { what: 'retry', who: 'manager' }
    case 'archived':
    case 'published':
      return { what: 'sweep', who: 'owner' }
    default:
      return nextOfApproved(piece, pick)
  }
}

function nextOfApproved({ status, shared, jobs }: Piece, pick: number): Next {
  if (shared && status !== 'publishing' && pick % 4 === 3) return { what: 'hold', who: 'approver' }
  if (status === 'approved') return { what: 'publishNow', who: 'manager' }
  const busy = jobs.find((job) => job.status === 'processing')
  return busy ? nextOfClaimed(busy, pick) : { what: 'claimWhenDue', who: 'owner' }
}

/** Forms of `result`: out, out, no answer, refused for good. */
const results = [0, 0, 2, 7]

function nextOfClaimed({ claimed_to, intent }: Job, pick: number): Next {
  if (claimed_to === 'look') return { what: 'look', who: 'owner' }
  return intent
    ? { what: 'result', who: 'owner', pick: results[pick % results.length] ?? 0 }
    : { what: 'intent', who: 'owner' }
}
