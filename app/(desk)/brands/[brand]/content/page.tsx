import type { Metadata } from 'next'
import { FreshPosts } from '#components/content/fresh-posts.tsx'
import { PostListEmpty } from '#components/content/post-list-empty.tsx'
import { PostRows } from '#components/content/post-rows.tsx'
import { listTitle, PostTabs } from '#components/content/post-tabs.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { UrlSearch } from '#components/ui/url-search.tsx'
import { requireBrand } from '#lib/brands/queries.ts'
import { listPosts } from '#lib/content/queries.ts'
import { postFilter, postsAddress } from '#lib/content/schema.ts'
import { thumbsOf } from '#lib/media/queries.ts'
import { namesOf } from '#lib/members/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'

const number = new Intl.NumberFormat('en-GB')

export const metadata: Metadata = { title: 'Content' }

export default async function ContentPage({ params, searchParams }: PageProps<'/brands/[brand]/content'>) {
  const brand = await requireBrand((await params).brand)
  const filter = postFilter.parse(await searchParams)
  const { db } = await requireSession()
  const { rows, next, count } = await listPosts(db, { brand, ...filter })
  const [thumbs, names] = await Promise.all([
    thumbsOf(db, { brandId: brand.id, ids: rows.flatMap((post) => post.pictureId ?? []) }),
    namesOf(
      db,
      rows.flatMap((post) => post.createdBy ?? []),
    ),
  ])
  return (
    <DeskPage>
      <PageHead
        title={listTitle(filter)}
        meta={count === null ? null : count === 1 ? '1 post' : `${number.format(count)} posts`}
        className="mb-2!"
        actions={
          <UrlSearch
            label="Search titles and numbers"
            placeholder={`Title or ${brand.code}-…`}
            className="w-56 max-sm:w-full"
          />
        }
      />
      <PostTabs brandSlug={brand.slug} filter={filter} />
      {rows.length === 0 ? (
        <PostListEmpty brand={brand} filter={filter} />
      ) : (
        <PostRows brand={brand} posts={rows} thumbs={thumbs} names={names} />
      )}
      {(next || filter.after) && (
        <nav aria-label="Pages" className="flex gap-2 pt-4">
          {filter.after && (
            <ButtonLink href={postsAddress(brand.slug, { ...filter, after: undefined })}>
              First page
            </ButtonLink>
          )}
          {next && (
            <ButtonLink href={postsAddress(brand.slug, { ...filter, after: next })}>Next 50</ButtonLink>
          )}
        </nav>
      )}
      <FreshPosts />
    </DeskPage>
  )
}
