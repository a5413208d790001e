import { Lane, LaneComment } from '#components/status/lane.tsx'
import { Time } from '#components/ui/time.tsx'
import type { ReviewedPiece } from '#lib/approvals/queries.ts'
import { saidIn } from '#lib/approvals/said.ts'
import type { Brand } from '#lib/brands/queries.ts'
import type { Person } from '#lib/members/queries.ts'
import { can } from '#lib/members/roles.ts'
import { LaneWriter } from './lane-writer.tsx'
import { clientApprovers, firstNames, type Speaker } from './speakers.ts'

type LanesProps = {
  brand: Brand
  piece: ReviewedPiece
  people: readonly Person[]
  speaker: (userId: string | null) => Speaker
}

/** Talk about a piece in two lanes that cannot be mistaken for each other. */
export function Lanes({ brand, piece, people, speaker }: LanesProps) {
  const clients = clientApprovers(people)
  const readers = firstNames(clients) || 'The client'
  const of = (audience: 'internal' | 'client') =>
    saidIn(audience, piece).map((line) => {
      const { name, from } = speaker(line.by)
      return (
        <LaneComment
          key={line.id}
          name={name}
          from={from}
          at={<Time instant={line.at} zone={brand.timeZone} />}
        >
          {line.about && <p className="text-ink-2">{line.about}</p>}
          {line.body}
        </LaneComment>
      )
    })
  return (
    <>
      <Lane audience="client" title={`${readers} can read this`}>
        {of('client')}
        {can(brand, 'comments.client') && (
          <LaneWriter
            audience="client"
            postId={piece.id}
            brandId={brand.id}
            label={`Write to ${readers}`}
            button="Send to client"
          />
        )}
      </Lane>
      <Lane audience="internal" title={`Only ${brand.agencyName} reads this`}>
        {of('internal')}
        {can(brand, 'comments.internal') && (
          <LaneWriter
            audience="internal"
            postId={piece.id}
            brandId={brand.id}
            label="Note to the team"
            button="Keep inside"
            clientNames={people.filter((person) => person.isClient).map((person) => person.displayName)}
          />
        )}
      </Lane>
    </>
  )
}
