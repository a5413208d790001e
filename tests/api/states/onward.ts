import type { Role } from './cast.ts'
import type { Job, Piece } from './pieces.ts'

/**
 * What people and worker who know their trade would do next with a piece. Random moves are mostly refused; mixed
 * with these, they meet pieces that are far along.
 */
export function onward(piece: Piece): { what: string; who: Role } {
  switch (piece.status) {
    case 'draft':
    case 'changes_requested':
      return { what: piece.planned ? 'submit' : 'schedule', who: 'creator' }
    case 'pending_review':
      return { what: 'approve', who: piece.lane === 'client' ? 'approver' : 'owner' }
    case 'failed':
      return { what: 'retry', who: 'manager' }
    case 'archived':
    case 'published':
      return { what: 'sweep', who: 'owner' }
    default:
      return { what: nextOfApproved(piece), who: piece.held ? 'approver' : 'manager' }
  }
}

function nextOfApproved({ status, held, jobs }: Piece): string {
  if (held) return 'approve'
  if (status === 'approved') return 'publishNow'
  const busy = jobs.find((job) => job.status === 'processing')
  return busy ? nextOfClaimed(busy) : 'claimWhenDue'
}

function nextOfClaimed({ claimed_to, intent }: Job): string {
  if (claimed_to === 'look') return 'look'
  return intent ? 'result' : 'intent'
}
