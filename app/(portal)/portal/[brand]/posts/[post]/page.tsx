import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { PostTimeline } from '#components/approvals/post-timeline.tsx'
import { clientApprovers, speakersOf } from '#components/approvals/speakers.ts'
import { AskCard } from '#components/portal/ask-card.tsx'
import { postNote } from '#components/portal/lead-words.ts'
import { OwnAnswer } from '#components/portal/own-answer.tsx'
import { lastClientYes, PostFoot } from '#components/portal/post-foot.tsx'
import { ShelfHead } from '#components/portal/post-rows.tsx'
import { Talk } from '#components/portal/talk.tsx'
import { PortalHead } from '#components/shell/portal-tabs.tsx'
import { requirePortalBrand } from '#lib/brands/queries.ts'
import { signedAddresses } from '#lib/media/addresses.ts'
import { listPeople } from '#lib/members/queries.ts'
import { listAskedOfMe, readSharedPost } from '#lib/portal/queries.ts'
import { seenFilter } from '#lib/portal/schema.ts'
import { picturePathsOf } from '#lib/portal/shelves.ts'
import { requireSession } from '#lib/supabase/session.ts'

type Params = PageProps<'/portal/[brand]/posts/[post]'>['params']

const requirePost = cache(async (params: Params) => {
  const { brand: slug, post: postId } = await params
  const { db } = await requireSession()
  const brand = await requirePortalBrand(slug)
  const post = await readSharedPost(db, { brandId: brand.id, postId })
  if (!post) notFound()
  return { brand, post }
})

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { post } = await requirePost(params)
  return { title: post.latest.title }
}

export default async function PortalPostPage({
  params,
  searchParams,
}: PageProps<'/portal/[brand]/posts/[post]'>) {
  const { db, userId } = await requireSession()
  const { brand, post } = await requirePost(params)
  const { seen } = seenFilter.parse(await searchParams)
  const now = new Date()
  const [asked, people, pictures] = await Promise.all([
    listAskedOfMe(db, brand.id, userId),
    listPeople(db, { brandId: brand.id }),
    signedAddresses(db, picturePathsOf([post])),
  ])
  const { latest } = post
  const isAsked = asked.has(latest.postId)
  return (
    <>
      <PortalHead title={latest.title} note={postNote({ version: latest, brand, now })} />
      <AskCard
        brand={brand}
        post={post}
        userId={userId}
        isAsked={isAsked}
        askedNames={isAsked ? [] : clientApprovers(people)}
        pictures={pictures}
        now={now}
        seenVersion={seen?.postId === latest.postId ? seen.version : undefined}
        isOwnPage
        settled={
          lastClientYes(latest)?.by === userId &&
          latest.clientStatus !== 'withdrawn' && <OwnAnswer brand={brand} version={latest} userId={userId} />
        }
      >
        <PostFoot brand={brand} version={latest} speaker={speakersOf(people)} userId={userId} />
      </AskCard>
      <Talk brand={brand} post={post} speaker={speakersOf(people)} />
      <section>
        <ShelfHead title="What happened" />
        <div className="px-4 md:px-0">
          <PostTimeline brand={brand} postId={latest.postId} reader="client" />
        </div>
      </section>
    </>
  )
}
