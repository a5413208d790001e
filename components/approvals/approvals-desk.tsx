import { clsx } from 'clsx'
import { ArrowLeft } from 'lucide-react'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import {
  type OwnDecision,
  QUEUE_LIMIT,
  type QueuedPiece,
  type ReviewedPiece,
} from '#lib/approvals/queries.ts'
import type { ApprovalFilter, ApprovalQueue } from '#lib/approvals/schema.ts'
import type { Brand } from '#lib/brands/queries.ts'
import type { Person } from '#lib/members/queries.ts'
import { can } from '#lib/members/roles.ts'
import { approvalsHref } from './hrefs.ts'
import { Lanes } from './lanes.tsx'
import { QueueNav } from './queue-nav.tsx'
import { Review } from './review.tsx'
import type { Speaker } from './speakers.ts'

type ApprovalsDeskProps = {
  brand: Brand
  userId: string
  filter: ApprovalFilter & { queue: ApprovalQueue }
  pieces: readonly QueuedPiece[]
  decided: readonly OwnDecision[]
  /** The piece being read: the one asked for, else the first of the queue. */
  piece: ReviewedPiece | null
  people: readonly Person[]
  speaker: (userId: string | null) => Speaker
  pictures: ReadonlyMap<string, string>
  now: Date
}

/** Queue, piece and lanes side by side; on a phone the queue, then the piece as a page of its own. */
export function ApprovalsDesk(props: ApprovalsDeskProps) {
  const { brand, filter, pieces, decided, piece, pictures, now } = props
  const isAsked = filter.post !== undefined
  return (
    <div className="grid md:grid-cols-[240px_minmax(0,1fr)] push:h-[calc(100dvh-var(--bar))] push:grid-cols-[296px_minmax(0,1fr)_372px] *:min-w-0">
      <div className={clsx('push:overflow-y-auto', isAsked && 'max-md:hidden')}>
        {/* A piece brings its own heading; on a phone's queue, and where nothing stands, this is the page's. */}
        {!(piece && isAsked) && <h1 className={clsx('sr-only', piece && 'md:hidden')}>Approvals</h1>}
        <QueueNav
          brand={brand}
          queue={filter.queue}
          pieces={pieces}
          decided={decided}
          selectedId={piece?.id}
          pictures={pictures}
          now={now}
          className="min-h-full"
        />
        {pieces.length === QUEUE_LIMIT && (
          <p className="px-3.5 py-2 text-xs text-ink-3">The {QUEUE_LIMIT} that go out first are shown.</p>
        )}
      </div>
      {piece ? (
        <>
          <div className={clsx('push:overflow-y-auto', !isAsked && 'max-md:hidden')}>
            <p className="px-2 pt-1.5 md:hidden">
              <ButtonLink look="bare" href={approvalsHref(brand.slug, { queue: filter.queue })}>
                <ArrowLeft aria-hidden />
                Queue
              </ButtonLink>
            </p>
            <Review {...props} piece={piece} />
          </div>
          <aside
            aria-label="Comments"
            className={clsx(
              'grid content-start gap-3.5 border-rule-2 p-3.5 max-md:border-t max-md:pb-24 md:col-start-2 push:col-start-3 push:overflow-y-auto push:border-l',
              !isAsked && 'max-md:hidden',
            )}
          >
            <Lanes {...props} piece={piece} />
          </aside>
        </>
      ) : (
        <div className="px-3.5 py-4 md:px-[22px] push:col-span-2">
          <NothingHere {...props} />
        </div>
      )}
    </div>
  )
}

function NothingHere({ brand, filter, pieces }: ApprovalsDeskProps) {
  if (filter.post) {
    return (
      <Empty title="This post is not here any more">
        It was deleted, or its address is not whole. The queue beside shows what waits.
      </Empty>
    )
  }
  const others = pieces.length
  return (
    <Empty
      title={emptyTitles[filter.queue]}
      ways={
        can(brand, 'content.create') && others === 0
          ? [
              {
                key: 'write',
                title: 'Write a post',
                what: 'Sent for approval, it stands here for whoever says yes.',
                action: <ButtonLink href={`/brands/${brand.slug}/content/new`}>Write</ButtonLink>,
              },
            ]
          : []
      }
    >
      {others === 0
        ? 'Nothing of this brand is with anyone for approval.'
        : `${others === 1 ? 'One piece stands' : `${others} pieces stand`} in the other queues.`}
    </Empty>
  )
}

const emptyTitles: Record<ApprovalQueue, string> = {
  mine: 'Nothing waits for your yes',
  team: 'Nothing waits for others inside',
  client: 'Nothing is with the client',
  changes: 'Nothing was sent back',
  held: 'Nothing is on hold',
}
