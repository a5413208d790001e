import type { Speaker } from '#components/approvals/speakers.ts'
import { SealLine } from '#components/status/seal-line.tsx'
import type { Version } from '#lib/approvals/versions.ts'
import type { Brand } from '#lib/brands/queries.ts'
import { can } from '#lib/members/roles.ts'
import { formatInstant } from '#lib/time/format.ts'
import { HoldForm } from './hold-form.tsx'
import { Permalinks } from './post-rows.tsx'

type PostFootProps = {
  brand: Brand
  version: Version
  speaker: (userId: string | null) => Speaker
  /** The reader, whose own yes stands with their answer: one yes is one seal. */
  userId: string
}

/** What stands behind an approved post: whose seal, where it is, and the way to stop it. */
export function PostFoot({ brand, version, speaker, userId }: PostFootProps) {
  const clientYes = lastClientYes(version)
  const yes = clientYes?.by === userId ? undefined : clientYes
  const isStoppable = ['approved', 'scheduled', 'held'].includes(version.clientStatus)
  if (!yes && !isStoppable && version.permalinks.length === 0) return null
  return (
    <div className="grid gap-3 px-4 pb-3.5">
      {yes && version.clientStatus !== 'withdrawn' && (
        <SealLine state="whole" title={`Approved by ${speaker(yes.by).name}`}>
          {formatInstant(yes.at, brand.timeZone, 'day-time')}. Exactly this is what goes out.
        </SealLine>
      )}
      <Permalinks version={version} />
      {isStoppable && can(brand, 'approvals.hold') && (
        <div>
          <HoldForm
            postId={version.postId}
            digest={version.digest}
            isHeld={version.clientStatus === 'held'}
            agencyName={brand.agencyName}
          />
        </div>
      )}
    </div>
  )
}

/** The yes that counts for a version's client. */
export function lastClientYes(version: Version) {
  return version.decisions.findLast(
    ({ outcome, audience }) => outcome === 'approved' && audience === 'client',
  )
}
