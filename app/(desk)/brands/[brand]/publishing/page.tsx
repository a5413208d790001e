import type { Metadata } from 'next'
import { Suspense } from 'react'
import { PublishingDesk } from '#components/publishing/publishing-desk.tsx'
import { PublishingSkeleton } from '#components/publishing/publishing-skeleton.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'
import { listMyAgencies, requireBrand } from '#lib/brands/queries.ts'
import { queueView } from '#lib/publishing/schema.ts'

export const metadata: Metadata = { title: 'Publishing' }

export default async function PublishingPage({
  params,
  searchParams,
}: PageProps<'/brands/[brand]/publishing'>) {
  const brand = await requireBrand((await params).brand)
  const view = queueView.parse(await searchParams)
  return (
    <DeskPage>
      <Suspense fallback={<PublishingSkeleton />}>
        <PublishingDesk
          brands={[brand]}
          agencies={await listMyAgencies()}
          zone={brand.timeZone}
          path={`/brands/${brand.slug}/publishing`}
          view={view}
        />
      </Suspense>
    </DeskPage>
  )
}
