import { firstNames } from '#components/approvals/speakers.ts'
import { queueOf } from '#lib/approvals/queue.ts'
import type { ApprovalQueue } from '#lib/approvals/schema.ts'
import type { NeedyPiece } from '#lib/home/queries.ts'

/** A piece that does not go out before someone has said yes. */
export type WaitingPiece = NeedyPiece & { queue: ApprovalQueue; since: string }

/** Those of the needy pieces that wait for a yes, in their order. */
export function waitingPieces(pieces: readonly NeedyPiece[], userId: string): WaitingPiece[] {
  return pieces.flatMap((piece) => {
    const queue = queueOf(piece, userId)
    if (queue === null) return []
    const since = queue === 'held' ? piece.heldAt : piece.asked[0]?.at
    return [{ ...piece, queue, since: since ?? piece.updatedAt }]
  })
}

/** Whose word it waits for: "You", "You and Rafael", "Marguerite"; null where nobody in particular was asked. */
export function askedWords(
  piece: Pick<WaitingPiece, 'asked'>,
  userId: string,
  names: ReadonlyMap<string, string>,
): string | null {
  const ids = [...new Set(piece.asked.flatMap(({ assignedTo }) => assignedTo ?? []))]
  const others = ids.filter((id) => id !== userId).flatMap((id) => names.get(id) ?? [])
  if (!ids.includes(userId)) return others.length > 0 ? firstNames(others) : null
  return firstNames(['You', ...others])
}
