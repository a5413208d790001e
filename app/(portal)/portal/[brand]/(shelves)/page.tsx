import type { Metadata } from 'next'
import { clientApprovers } from '#components/approvals/speakers.ts'
import { AskCard } from '#components/portal/ask-card.tsx'
import { needsOkNote, needsOkTitle } from '#components/portal/lead-words.ts'
import { OwnAnswer } from '#components/portal/own-answer.tsx'
import { PostRows, ShelfHead } from '#components/portal/post-rows.tsx'
import { PortalHead } from '#components/shell/portal-tabs.tsx'
import { requirePortalBrand } from '#lib/brands/queries.ts'
import { signedAddresses } from '#lib/media/addresses.ts'
import { listPeople, myProfile } from '#lib/members/queries.ts'
import { can } from '#lib/members/roles.ts'
import { listAskedOfMe, listOpenPosts } from '#lib/portal/queries.ts'
import { seenFilter } from '#lib/portal/schema.ts'
import { answeredLately, bySlot, picturePathsOf } from '#lib/portal/shelves.ts'
import { requireSession } from '#lib/supabase/session.ts'

export const metadata: Metadata = { title: 'Needs your OK' }

export default async function NeedsOkPage({ params, searchParams }: PageProps<'/portal/[brand]'>) {
  const { db, userId } = await requireSession()
  const brand = await requirePortalBrand((await params).brand)
  const { seen } = seenFilter.parse(await searchParams)
  const now = new Date()
  const [open, asked, people, profile] = await Promise.all([
    listOpenPosts(db, brand.id),
    listAskedOfMe(db, brand.id, userId),
    listPeople(db, { brandId: brand.id }),
    myProfile(),
  ])
  // What was answered a moment ago keeps its place, so that the answer is seen to have arrived.
  const answered = [...open.coming_up, ...open.with_agency].filter((post) =>
    answeredLately(post, userId, now),
  )
  const cards = [...open.needs_ok, ...answered].sort(bySlot)
  const withAgency = open.with_agency.filter((post) => !answered.includes(post))
  const pictures = await signedAddresses(db, picturePathsOf([...cards, ...withAgency]))
  const mayDecide = can(brand, 'approvals.decide_client')
  const lead = { waiting: open.needs_ok, asked, name: profile.displayName, brand, now }
  return (
    <>
      <PortalHead title={needsOkTitle(lead)} note={needsOkNote(lead)} />
      {cards.map((post) => (
        <AskCard
          key={post.latest.postId}
          brand={brand}
          post={post}
          userId={userId}
          isAsked={asked.has(post.latest.postId)}
          askedNames={asked.has(post.latest.postId) ? [] : clientApprovers(people)}
          pictures={pictures}
          now={now}
          seenVersion={seen?.postId === post.latest.postId ? seen.version : undefined}
          settled={<OwnAnswer brand={brand} version={post.latest} userId={userId} />}
        />
      ))}
      {cards.length === 0 && (
        <p className="px-4 pt-6 text-md text-ink-2 md:px-0">
          {mayDecide
            ? `${brand.agencyName} mails you when a post needs your OK. What you approved stands under Coming up.`
            : 'Posts that wait for an OK stand here.'}
        </p>
      )}
      {withAgency.length > 0 && (
        <section>
          <ShelfHead
            title={`With ${brand.agencyName}`}
            note={mayDecide ? 'being changed; you are asked again' : 'being changed'}
          />
          <PostRows
            brand={brand}
            versions={withAgency.map(({ latest }) => latest)}
            pictures={pictures}
            now={now}
          />
        </section>
      )}
    </>
  )
}
