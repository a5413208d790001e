import { SealLine } from '#components/status/seal-line.tsx'
import { Note } from '#components/ui/note.tsx'
import type { Version } from '#lib/approvals/versions.ts'
import type { Brand } from '#lib/brands/queries.ts'
import { formatInstant } from '#lib/time/format.ts'

type OwnAnswerProps = { brand: Brand; version: Version; userId: string }

/** The reader's own last word on a version; holding it back for a while is none. */
export function OwnAnswer({ brand, version, userId }: OwnAnswerProps) {
  const own = version.decisions.findLast(({ by, outcome }) => by === userId && outcome !== 'held')
  if (!own) return null
  const at = formatInstant(own.at, brand.timeZone, 'day-time')
  return own.outcome === 'approved' ? (
    <SealLine state="whole" title="You approved it">
      {at}. Exactly this is what goes out.
    </SealLine>
  ) : (
    <Note title={`You asked for changes, ${at}`}>{own.comment && `“${own.comment}”`}</Note>
  )
}
