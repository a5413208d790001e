import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PublishingDesk } from '#components/publishing/publishing-desk.tsx'
import { PublishingSkeleton } from '#components/publishing/publishing-skeleton.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { listDeskBrands, listMyAgencies } from '#lib/brands/queries.ts'
import { myProfile } from '#lib/members/queries.ts'
import { can } from '#lib/members/roles.ts'
import { queueView } from '#lib/publishing/schema.ts'

export const metadata: Metadata = { title: 'Publishing' }

export default async function AllPublishingPage({ searchParams }: PageProps<'/publishing'>) {
  const [brands, agencies, profile] = await Promise.all([listDeskBrands(), listMyAgencies(), myProfile()])
  const readable = brands.filter((brand) => can(brand, 'content.view') && brand.role !== 'analyst')
  const view = queueView.parse(await searchParams)
  return (
    <DeskPage>
      {readable.length === 0 ? (
        <Empty title="No brand yet whose posts you may see">
          Once you are on a brand, its queue stands here with those of the others.
        </Empty>
      ) : (
        <Suspense fallback={<PublishingSkeleton />}>
          <PublishingDesk
            brands={readable}
            agencies={agencies}
            zone={profile.timeZone}
            path="/publishing"
            view={view}
          />
        </Suspense>
      )}
    </DeskPage>
  )
}
