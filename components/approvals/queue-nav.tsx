import { clsx } from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { isNetwork, NetworkGlyphs } from '#components/status/network-glyph.tsx'
import { Status } from '#components/status/status.tsx'
import { Thumb } from '#components/ui/picture.tsx'
import { TabLinks } from '#components/ui/tab-links.tsx'
import type { OwnDecision, QueuedPiece } from '#lib/approvals/queries.ts'
import { isSoon, timeLeft } from '#lib/approvals/queue.ts'
import { type ApprovalQueue, approvalQueues } from '#lib/approvals/schema.ts'
import { formatInstant } from '#lib/time/format.ts'
import { approvalsHref } from './hrefs.ts'
import { QueueKeys } from './queue-keys.tsx'

type QueueNavProps = {
  brand: { slug: string; timeZone: string }
  queue: ApprovalQueue
  pieces: readonly QueuedPiece[]
  decided: readonly OwnDecision[]
  selectedId: string | undefined
  pictures: ReadonlyMap<string, string>
  now: Date
  className?: string
}

const tabs: Record<ApprovalQueue, string> = {
  mine: 'Mine',
  team: 'Team',
  client: 'Client',
  changes: 'Changes',
  held: 'Held',
}

/** The queues of a brand, the chosen one as a list, and what the reader settled today. */
export function QueueNav(props: QueueNavProps) {
  const { brand, queue, pieces, decided, selectedId, pictures, now, className } = props
  const rows = pieces.filter((piece) => piece.queue === queue)
  const settled = lastWords(decided).filter(({ postId }) => !rows.some((piece) => piece.id === postId))
  return (
    <nav aria-label="Queue" className={clsx('border-rule-2 md:border-r', className)}>
      <TabLinks
        label="Queues"
        className="sticky top-0 z-(--z-sticky) gap-3! bg-paper px-3.5 pt-1"
        tabs={approvalQueues.map((name) => ({
          label: tabs[name],
          href: approvalsHref(brand.slug, { queue: name }),
          count: pieces.filter((piece) => piece.queue === name).length || undefined,
          current: name === queue,
        }))}
      />
      <QueueKeys>
        {rows.length > 0 && (
          <Group title="Goes out in" note="soonest first">
            {rows.map((piece) => (
              <Row
                key={piece.id}
                href={approvalsHref(brand.slug, { queue, post: piece.id })}
                isCurrent={piece.id === selectedId}
                thumb={piece.picturePath && pictures.get(piece.picturePath)}
                lead={piece.goesOutAt ? timeLeft(piece.goesOutAt, now) : 'no time yet'}
                isUrgent={piece.goesOutAt !== null && isSoon(piece.goesOutAt, now)}
                networks={piece.networks}
                title={piece.title}
                state={<QueueState piece={piece} />}
              />
            ))}
          </Group>
        )}
        {queue === 'mine' && settled.length > 0 && (
          <Group title="You decided today">
            {settled.map((decision) => (
              <Row
                key={decision.postId}
                href={approvalsHref(brand.slug, { queue, post: decision.postId })}
                isCurrent={decision.postId === selectedId}
                thumb={decision.picturePath && pictures.get(decision.picturePath)}
                lead={formatInstant(decision.at, brand.timeZone, 'time')}
                title={decision.title}
                state={
                  decision.outcome === 'approved' ? (
                    <Status status="approved">You said yes</Status>
                  ) : (
                    <Status status="changes_requested">You asked for changes</Status>
                  )
                }
              />
            ))}
          </Group>
        )}
      </QueueKeys>
    </nav>
  )
}

/** The newest decision on each piece; they come newest first. */
function lastWords(decided: readonly OwnDecision[]): OwnDecision[] {
  return decided.filter(({ postId }, at) => decided.findIndex((other) => other.postId === postId) === at)
}

function QueueState({ piece }: { piece: QueuedPiece }) {
  switch (piece.queue) {
    case 'changes':
      return <Status status="changes_requested" />
    case 'held':
      return <Status status="scheduled">On hold</Status>
    case 'client':
      return <Status status="pending_review">With client</Status>
    case 'team':
    case 'mine':
      return (
        <Status status="pending_review">
          {piece.version > 1 ? `Changed since version ${piece.version - 1}` : 'New'}
        </Status>
      )
  }
}

function Group({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="pt-2">
      <h2 className="flex justify-between px-3.5 py-1 text-xs text-ink-3">
        {title}
        {note && <span>{note}</span>}
      </h2>
      <ul>{children}</ul>
    </section>
  )
}

type RowProps = {
  href: string
  isCurrent: boolean
  thumb: string | null | undefined
  lead: string
  isUrgent?: boolean
  networks?: readonly string[]
  title: string
  state: ReactNode
}

function Row({ href, isCurrent, thumb, lead, isUrgent = false, networks = [], title, state }: RowProps) {
  return (
    <li className="border-b border-rule">
      <Link
        href={href}
        scroll={false}
        data-piece
        aria-current={isCurrent ? 'true' : undefined}
        className="grid grid-cols-[40px_minmax(0,1fr)] gap-x-2.5 px-3.5 py-2 text-ink no-underline! hover:bg-sheet focus-visible:outline-offset-[-2px] aria-[current]:bg-sheet aria-[current]:shadow-[inset_3px_0_0_var(--pencil)]"
      >
        <Thumb src={thumb} className="row-span-3 size-10" />
        <span className="flex items-center justify-between gap-1.5">
          <span className={clsx('agate font-bold', isUrgent && 'text-stop')}>{lead}</span>
          <NetworkGlyphs networks={networks.filter(isNetwork)} />
        </span>
        <span className="truncate font-mid">{title}</span>
        {state}
      </Link>
    </li>
  )
}
