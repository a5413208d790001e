import type { Metadata } from 'next'
import Link from 'next/link'
import { PostRows } from '#components/portal/post-rows.tsx'
import { PortalHead } from '#components/shell/portal-tabs.tsx'
import { stillPathOf } from '#lib/approvals/schema.ts'
import { requirePortalBrand } from '#lib/brands/queries.ts'
import { signedAddresses } from '#lib/media/addresses.ts'
import { listPublished } from '#lib/portal/queries.ts'
import { publishedFilter } from '#lib/portal/schema.ts'
import { requireSession } from '#lib/supabase/session.ts'

export const metadata: Metadata = { title: 'Published' }

export default async function PublishedPage({
  params,
  searchParams,
}: PageProps<'/portal/[brand]/published'>) {
  const { db } = await requireSession()
  const brand = await requirePortalBrand((await params).brand)
  const { after } = publishedFilter.parse(await searchParams)
  const { rows, next } = await listPublished(db, { brandId: brand.id, after })
  const pictures = await signedAddresses(
    db,
    rows.flatMap(({ pictures: [first] }) => (first && stillPathOf(first)) ?? []),
  )
  return (
    <>
      <PortalHead
        title={rows.length > 0 ? 'What is out' : 'Nothing is out yet'}
        note={
          rows.length > 0
            ? `${brand.name}, newest first. Each leads to where it stands.`
            : `What ${brand.agencyName} publishes for ${brand.name} stands here, with its link.`
        }
      />
      <div className="pt-3.5">
        <PostRows brand={brand} versions={rows} pictures={pictures} now={new Date()} />
      </div>
      {next && (
        <p className="px-4 pt-3.5 md:px-0">
          <Link href={`?after=${next}`}>Earlier posts</Link>
        </p>
      )}
    </>
  )
}
