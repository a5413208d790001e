import { listOwnDecisions, listQueue, type QueuedPiece, readForReview } from '#lib/approvals/queries.ts'
import { type ApprovalFilter, type ApprovalQueue, approvalQueues, pathsOf } from '#lib/approvals/schema.ts'
import type { Brand } from '#lib/brands/queries.ts'
import { signedAddresses } from '#lib/media/addresses.ts'
import { listPeople } from '#lib/members/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { dayOf, startOfDay } from '#lib/time/wall-clock.ts'
import { ApprovalsDesk } from './approvals-desk.tsx'
import { speakersOf } from './speakers.ts'

/** Reads a brand's queues and the piece before the reader: the one asked for, else the first. */
export async function BrandApprovals({ brand, filter }: { brand: Brand; filter: ApprovalFilter }) {
  const { db, userId } = await requireSession()
  const now = new Date()
  const review = (postId: string) => readForReview(db, { brandId: brand.id, postId })
  const today = startOfDay(dayOf(now.toISOString(), brand.timeZone), brand.timeZone)

  const [pieces, decided, people, asked] = await Promise.all([
    listQueue(db, { brandId: brand.id, userId }),
    listOwnDecisions(db, { brandId: brand.id, userId, since: today }),
    listPeople(db, { brandId: brand.id }),
    filter.post ? review(filter.post) : null,
  ])
  const queue =
    filter.queue ?? pieces.find((piece) => piece.id === filter.post)?.queue ?? firstQueueOf(pieces)
  const first = pieces.find((piece) => piece.queue === queue)
  const piece = asked ?? (filter.post === undefined && first ? await review(first.id) : null)
  const paths = [
    ...[...pieces, ...decided].flatMap(({ picturePath }) => picturePath ?? []),
    ...(piece?.versions ?? []).flatMap((version) => version.pictures.flatMap(pathsOf)),
  ]
  return (
    <ApprovalsDesk
      brand={brand}
      userId={userId}
      filter={{ ...filter, queue }}
      pieces={pieces}
      decided={decided}
      piece={piece}
      people={people}
      speaker={speakersOf(people)}
      pictures={await signedAddresses(db, paths)}
      now={now}
    />
  )
}

/** The reader's own queue while anything stands there, else the first where something does. */
function firstQueueOf(pieces: readonly QueuedPiece[]): ApprovalQueue {
  return approvalQueues.find((queue) => pieces.some((piece) => piece.queue === queue)) ?? 'mine'
}
