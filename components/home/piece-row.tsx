import { clsx } from 'clsx'
import Link from 'next/link'
import { STATUS_WORDS } from '#components/status/post-status.ts'
import { Status } from '#components/status/status.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { Time } from '#components/ui/time.tsx'
import type { HomePiece } from '#lib/home/queries.ts'
import { latenessWords } from '#lib/publishing/lateness.ts'
import type { HomeScope } from './home-scope.ts'
import { pieceHref } from './piece-href.ts'

const columns = {
  time: 'grid-cols-[44px_minmax(0,1fr)_auto]',
  'day-time': 'grid-cols-[104px_minmax(0,1fr)_auto]',
}
const columnsWithMark = 'grid-cols-[44px_20px_minmax(0,1fr)_auto]'

type PieceRowProps = { scope: HomeScope; piece: HomePiece; form: 'time' | 'day-time' }

/** A piece at its time, and how it stands. */
export function PieceRow({ scope, piece, form }: PieceRowProps) {
  const brand = scope.brandOf.get(piece.brandId)
  if (!brand) return null
  return (
    <li
      className={clsx(
        'grid min-h-8 items-center gap-2 border-b border-rule py-[5px]',
        scope.marksBrands ? columnsWithMark : columns[form],
      )}
    >
      <Time instant={piece.at} zone={scope.zone} form={form} />
      {scope.marksBrands && (
        <BrandMark size="sm" code={brand.code} colour={brand.primaryColor} name={brand.name} />
      )}
      <Link href={pieceHref(brand, piece)} className="truncate text-ink">
        {piece.title}
      </Link>
      <StateWord piece={piece} />
    </li>
  )
}

function StateWord({ piece }: { piece: HomePiece }) {
  const { state, isHeld, latenessMs } = piece
  if (isHeld) return <Status status="scheduled">on hold</Status>
  switch (state) {
    case 'published':
      return <Status status="published">{latenessMs === null ? 'out' : outWords(latenessMs)}</Status>
    case 'publishing':
      return <Status status="publishing">sending</Status>
    case 'scheduled':
      return <Status status="scheduled">ready</Status>
    case 'pending_review':
      return <Status status="pending_review">no yes yet</Status>
    default:
      return <Status status={state}>{STATUS_WORDS[state].toLowerCase()}</Status>
  }
}

const A_MINUTE_MS = 60_000

/** A post is promised for a minute; seconds matter in Publishing, not here. */
function outWords(latenessMs: number): string {
  return latenessMs < A_MINUTE_MS ? 'on time' : latenessWords(latenessMs)
}
