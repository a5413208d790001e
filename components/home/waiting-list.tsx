import { clsx } from 'clsx'
import Link from 'next/link'
import { isNetwork, NetworkGlyphs } from '#components/status/network-glyph.tsx'
import { Status } from '#components/status/status.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Thumb } from '#components/ui/picture.tsx'
import { RuleList } from '#components/ui/rule-list.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { isSoon, timeLeft } from '#lib/approvals/queue.ts'
import { can } from '#lib/members/roles.ts'
import { formatInstant } from '#lib/time/format.ts'
import { nearDay } from '#lib/time/near-day.ts'
import { cut, type HomeScope } from './home-scope.ts'
import { pieceHref, reviewHref } from './piece-href.ts'
import { askedWords, type WaitingPiece } from './waiting.ts'
import { WholeLink } from './whole-link.tsx'

export const WAITING_MOST = 6

type WaitingListProps = {
  scope: HomeScope
  pieces: readonly WaitingPiece[]
  /** More wait than were read. */
  isCut: boolean
  names: ReadonlyMap<string, string>
  pictures: ReadonlyMap<string, string>
}

/** What does not go out before someone says yes: with whom it is, since when, and how long is left. */
export function WaitingList({ scope, pieces, isCut, names, pictures }: WaitingListProps) {
  if (pieces.length === 0) return null
  const shown = cut(scope, 'waiting', pieces, WAITING_MOST)
  return (
    <section aria-labelledby="waiting" className="not-first:mt-3">
      <SectionHead
        title={<span id="waiting">Waiting for a yes</span>}
        note="the one that goes out first is first"
        link={<WholeLink list="waiting" shown={shown.length} all={pieces.length} path={scope.path} />}
      />
      <RuleList>
        {shown.map((piece) => (
          <WaitingRow
            key={piece.id}
            scope={scope}
            piece={piece}
            asked={askedWords(piece, scope.userId, names)}
            picture={piece.picturePath === null ? undefined : pictures.get(piece.picturePath)}
          />
        ))}
      </RuleList>
      {isCut && (
        <p className="pt-1.5 text-xs text-ink-3">
          There are more: each brand’s Approvals has the rest, these go out first.
        </p>
      )}
    </section>
  )
}

type WaitingRowProps = {
  scope: HomeScope
  piece: WaitingPiece
  asked: string | null
  picture: string | undefined
}

function WaitingRow({ scope, piece, asked, picture }: WaitingRowProps) {
  const { zone, now } = scope
  const brand = scope.brandOf.get(piece.brandId)
  if (!brand) return null
  const readsApprovals = brand.role !== 'analyst'
  const verb = can(brand, 'content.edit') ? 'Review' : 'Read'
  return (
    <li className="grid min-h-12 grid-cols-[56px_36px_minmax(0,1fr)_auto] items-center gap-3 border-b border-rule py-1.5 md:grid-cols-[76px_36px_minmax(0,1fr)_128px_auto]">
      <p className="agate leading-[15px]">
        {piece.goesOutAt === null ? (
          <span className="text-ink-3">No time yet</span>
        ) : (
          <>
            <b className={clsx('block text-[15px] font-bold', isSoon(piece.goesOutAt, now) && 'text-stop')}>
              {timeLeft(piece.goesOutAt, now)}
            </b>
            <span className="text-2xs text-ink-3">{shortDay(piece.goesOutAt, zone, now)}</span>
          </>
        )}
      </p>
      <Thumb src={picture} className="size-9" />
      <div className="min-w-0">
        <Link href={pieceHref(brand, piece)} className="block truncate font-mid text-ink">
          {piece.title}
        </Link>
        <p className="agate flex min-w-0 flex-wrap items-center gap-x-[5px] text-ink-3 md:flex-nowrap">
          {scope.marksBrands && (
            <BrandMark size="sm" code={brand.code} colour={brand.primaryColor} name={brand.name} />
          )}
          <NetworkGlyphs networks={piece.networks.filter(isNetwork)} />
          <span className="md:hidden">
            <QueueWord piece={piece} />
          </span>
          <span className="max-md:basis-full md:truncate">{sinceWords(piece, asked, zone, now)}</span>
        </p>
      </div>
      <span className="max-md:hidden">
        <QueueWord piece={piece} />
      </span>
      {readsApprovals ? (
        <ButtonLink size="sm" href={reviewHref(brand, piece)} aria-label={`${verb} ${piece.title}`}>
          {verb}
        </ButtonLink>
      ) : (
        <span />
      )}
    </li>
  )
}

function QueueWord({ piece }: { piece: WaitingPiece }) {
  switch (piece.queue) {
    case 'mine':
      return <Status status="pending_review">With you</Status>
    case 'team':
      return <Status status="pending_review">With the team</Status>
    case 'client':
      return <Status status="pending_review">With client</Status>
    case 'changes':
      return <Status status="changes_requested" />
    case 'held':
      return <Status status="scheduled">On hold</Status>
  }
}

/** "Marguerite, since yesterday 10:33". */
function sinceWords(piece: WaitingPiece, asked: string | null, zone: string, now: Date): string {
  const since = `since ${nearDay(piece.since, zone, now)}`
  if (piece.queue === 'held') return `held by the client ${since}`
  return asked ? `${asked}, ${since}` : since
}

/** "Today 15:00", "Fri 17:30" within a week, beyond it "Wed 2 Dec". */
function shortDay(instant: string, zone: string, now: Date): string {
  const near = nearDay(instant, zone, now)
  if (/^[a-z]/.test(near)) return near.charAt(0).toUpperCase() + near.slice(1)
  const day = formatInstant(instant, zone, 'day')
  const days = (Date.parse(instant) - now.getTime()) / DAY_MS
  return days > 0 && days < 6 ? `${day.slice(0, 3)} ${formatInstant(instant, zone, 'time')}` : day
}

const DAY_MS = 24 * 60 * 60_000
