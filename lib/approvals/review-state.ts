import type { Version, VersionDecision } from './versions.ts'

/** What the foot of a review offers, or says instead. */
export type ReviewState =
  | { kind: 'decide' }
  /** It is the reader's own, and someone else says yes. */
  | { kind: 'own' }
  /** Others were asked: at this agency, or the client. */
  | { kind: 'waits'; audience: 'internal' | 'client' }
  | { kind: 'sent_back'; decision: VersionDecision | null }
  | { kind: 'held'; decision: VersionDecision | null }
  | { kind: 'sealed'; decision: VersionDecision }
  /** Being written, or taken back: nothing to decide on. */
  | { kind: 'unsent' }

type Reviewed = {
  status: string
  heldAt: string | null
  createdBy: string | null
  way: { audiences: ('internal' | 'client')[]; at: number; isOpen: boolean } | null
}

/** What a reader can do about the current version; the database judges again, these are the kinder words. */
export function reviewState(
  piece: Reviewed,
  current: Pick<Version, 'submittedBy' | 'decisions'> | undefined,
  reader: { userId: string; decidesInside: boolean; mayDecideOwn: boolean },
): ReviewState {
  if (!current) return { kind: 'unsent' }
  const last = current.decisions.at(-1) ?? null
  if (piece.heldAt) return { kind: 'held', decision: last }
  if (piece.status === 'changes_requested') return { kind: 'sent_back', decision: last }
  if (piece.status === 'pending_review') {
    const audience = piece.way?.audiences[piece.way.at] ?? 'internal'
    if (audience === 'client' || !reader.decidesInside) return { kind: 'waits', audience }
    const isOwn = reader.userId === piece.createdBy || reader.userId === current.submittedBy
    return isOwn && !reader.mayDecideOwn ? { kind: 'own' } : { kind: 'decide' }
  }
  const yes = current.decisions.findLast(({ outcome }) => outcome === 'approved')
  return yes && piece.status !== 'draft' ? { kind: 'sealed', decision: yes } : { kind: 'unsent' }
}
