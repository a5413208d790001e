import { RuleList } from '#components/ui/rule-list.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { HomePiece } from '#lib/home/queries.ts'
import { formatInstant } from '#lib/time/format.ts'
import type { HomeScope } from './home-scope.ts'
import { PieceRow } from './piece-row.tsx'
import { aroundNow } from './today.ts'
import { WholeLink } from './whole-link.tsx'

const MOST = 12
const BEFORE_NOW = 4

/** The day in the order of its times, with a line where it has got to. */
export function TodayList({ scope, pieces }: { scope: HomeScope; pieces: readonly HomePiece[] }) {
  const { now, zone, whole } = scope
  const shown = whole === 'today' ? pieces : aroundNow(pieces, now, { most: MOST, before: BEFORE_NOW })
  const hasPassed = (piece: HomePiece) => Date.parse(piece.at) <= now.getTime()
  const rows = (some: readonly HomePiece[]) =>
    some.map((piece) => <PieceRow key={piece.id} scope={scope} piece={piece} form="time" />)
  return (
    <section aria-labelledby="today" className="not-first:mt-3">
      <SectionHead
        title={<span id="today">Today</span>}
        link={<WholeLink list="today" shown={shown.length} all={pieces.length} path={scope.path} />}
      />
      {pieces.length === 0 ? (
        <p className="border-t border-rule-2 py-2 text-ink-2">No piece has its time today.</p>
      ) : (
        <RuleList>
          {rows(shown.filter(hasPassed))}
          <li className="border-b-2 border-pencil-mark">
            <span className="agate relative -mb-2 block w-fit bg-paper pr-1.5 text-2xs leading-[14px] font-bold text-pencil">
              <span className="sr-only">Now, </span>
              {formatInstant(now, zone, 'time')}
            </span>
          </li>
          {rows(shown.filter((piece) => !hasPassed(piece)))}
        </RuleList>
      )}
    </section>
  )
}
