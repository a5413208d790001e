import Link from 'next/link'
import { RuleList } from '#components/ui/rule-list.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { HomePiece } from '#lib/home/queries.ts'
import type { HomeScope } from './home-scope.ts'
import { PieceRow } from './piece-row.tsx'

const MOST = 6

type ComingListProps = { scope: HomeScope; pieces: readonly HomePiece[]; calendarHref: string }

/** What has its time after today, to the end of next week. */
export function ComingList({ scope, pieces, calendarHref }: ComingListProps) {
  return (
    <section aria-labelledby="coming" className="not-first:mt-3">
      <SectionHead
        title={<span id="coming">Next</span>}
        note="to the end of next week"
        count={pieces.length || undefined}
        link={<Link href={calendarHref}>Calendar</Link>}
      />
      {pieces.length === 0 ? (
        <p className="border-t border-rule-2 py-2 text-ink-2">No piece has its time by then.</p>
      ) : (
        <RuleList>
          {pieces.slice(0, MOST).map((piece) => (
            <PieceRow key={piece.id} scope={scope} piece={piece} form="day-time" />
          ))}
        </RuleList>
      )}
    </section>
  )
}
