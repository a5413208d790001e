import { LaneWriter } from '#components/approvals/lane-writer.tsx'
import type { Speaker } from '#components/approvals/speakers.ts'
import { LaneComment } from '#components/status/lane.tsx'
import { Time } from '#components/ui/time.tsx'
import { saidIn } from '#lib/approvals/said.ts'
import type { Brand } from '#lib/brands/queries.ts'
import { can } from '#lib/members/roles.ts'
import type { PortalPost } from '#lib/portal/queries.ts'
import { ShelfHead } from './post-rows.tsx'

type TalkProps = { brand: Brand; post: PortalPost; speaker: (userId: string | null) => Speaker }

/** What client and agency said about a post, and the next line. */
export function Talk({ brand, post, speaker }: TalkProps) {
  const lines = saidIn('client', { comments: post.comments, versions: [post.latest, ...post.earlier] })
  const mayWrite = can(brand, 'comments.client')
  if (lines.length === 0 && !mayWrite) return null
  return (
    <section>
      <ShelfHead title={`You and ${brand.agencyName}`} />
      <div className="border-y border-rule-2 bg-sheet py-1 md:rounded-3 md:border-x">
        {lines.map((line) => {
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
        })}
        {mayWrite && (
          <LaneWriter
            audience="client"
            postId={post.latest.postId}
            brandId={brand.id}
            label={`Write to ${brand.agencyName}`}
            button="Send"
          />
        )}
      </div>
    </section>
  )
}
