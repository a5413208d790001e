import type { Metadata } from 'next'
import { comingUpNote, comingUpTitle } from '#components/portal/lead-words.ts'
import { PostRows } from '#components/portal/post-rows.tsx'
import { PortalHead } from '#components/shell/portal-tabs.tsx'
import { requirePortalBrand } from '#lib/brands/queries.ts'
import { signedAddresses } from '#lib/media/addresses.ts'
import { can } from '#lib/members/roles.ts'
import { listOpenPosts } from '#lib/portal/queries.ts'
import { picturePathsOf } from '#lib/portal/shelves.ts'
import { requireSession } from '#lib/supabase/session.ts'

export const metadata: Metadata = { title: 'Coming up' }

export default async function UpcomingPage({ params }: PageProps<'/portal/[brand]/upcoming'>) {
  const { db } = await requireSession()
  const brand = await requirePortalBrand((await params).brand)
  const now = new Date()
  const { coming_up: posts } = await listOpenPosts(db, brand.id)
  const pictures = await signedAddresses(db, picturePathsOf(posts))
  return (
    <>
      <PortalHead title={comingUpTitle(posts)} note={comingUpNote({ posts, brand, now })} />
      <div className="pt-3.5">
        <PostRows brand={brand} versions={posts.map(({ latest }) => latest)} pictures={pictures} now={now} />
        {posts.length > 0 && can(brand, 'approvals.hold') && (
          <p className="px-4 pt-3.5 text-sm text-ink-3 md:px-0">
            Open a post to put it on hold, until it goes out.
          </p>
        )}
      </div>
    </>
  )
}
