import type { Metadata } from 'next'
import { PostTimeline } from '#components/approvals/post-timeline.tsx'
import { Composer } from '#components/content/composer/composer.tsx'
import { NoSuchPost } from '#components/content/no-such-post.tsx'
import { PostReader } from '#components/content/post-reader.tsx'
import { PostJobs } from '#components/publishing/post-jobs.tsx'
import { readTimeline } from '#lib/approvals/queries.ts'
import { requireBrand } from '#lib/brands/queries.ts'
import { actsOn } from '#lib/content/acts.ts'
import { listNearest, readPost } from '#lib/content/queries.ts'
import { postNumber } from '#lib/content/schema.ts'
import { listAssets } from '#lib/media/library.ts'
import { can } from '#lib/members/roles.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { composerBrand, deskFacts } from '../desk-facts.ts'

type PostPageProps = PageProps<'/brands/[brand]/content/[number]'>

export async function generateMetadata({ params }: PostPageProps): Promise<Metadata> {
  const { brand: slug, number } = await params
  const brand = await requireBrand(slug)
  return { title: `${brand.code}-${number}` }
}

/** One piece: written where its state and the person's role allow, read where they do not. */
export default async function PostPage({ params }: PostPageProps) {
  const { brand: slug, number: asked } = await params
  const brand = await requireBrand(slug)
  const number = postNumber.safeParse(asked).data ?? null
  const { db, userId } = await requireSession()
  const [post, facts] = await Promise.all([
    number === null ? null : readPost(db, { brandId: brand.id, number }),
    deskFacts(db, brand),
  ])
  if (!post) {
    const nearest = number === null ? [] : await listNearest(db, { brandId: brand.id, number })
    return <NoSuchPost brand={brand} asked={asked} nearest={nearest} />
  }

  const { accounts, people, namesOfThoseWho } = facts
  const isBackAtDesk = post.status === 'draft' && post.version > 0
  const [assets, steps] = await Promise.all([
    listAssets(db, {
      brandId: brand.id,
      ids: [
        ...post.draft.mediaIds,
        ...post.versions.flatMap((version) => version.pictures.map((picture) => picture.asset_id)),
      ],
    }),
    isBackAtDesk ? readTimeline(db, { postId: post.id }) : [],
  ])
  const undone = steps.findLast(({ kind }) => kind === 'approval_voided' || kind === 'withdrawn')
  const acts = actsOn(
    { ...post, hasPlan: post.plannedAt !== null },
    { userId, permissions: brand.permissions },
    namesOfThoseWho,
  )
  const shared = {
    brand: composerBrand(brand),
    accounts,
    people,
    post: { ...post, undoneBy: undone?.actor_id ?? null },
    acts,
    assets,
    mayComment: { client: can(brand, 'comments.client'), internal: can(brand, 'comments.internal') },
    jobs: <PostJobs brand={brand} postId={post.id} />,
    timeline: <PostTimeline brand={brand} postId={post.id} />,
  }
  if (acts.edit !== null) return <PostReader {...shared} whyReadOnly={acts.edit ?? null} />
  return (
    <Composer
      key={post.id}
      {...shared}
      start={post.draft}
      now={new Date().toISOString()}
      mayUpload={can(brand, 'media.upload')}
    />
  )
}
