import type { Metadata } from 'next'
import { Suspense } from 'react'
import { BrandPublishing } from '#components/publishing/brand-publishing.tsx'
import { PublishingSkeleton } from '#components/publishing/publishing-skeleton.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'
import { requireBrand } from '#lib/brands/queries.ts'

export const metadata: Metadata = { title: 'Publishing' }

export default async function PublishingPage({ params }: PageProps<'/brands/[brand]/publishing'>) {
  const brand = await requireBrand((await params).brand)
  return (
    <DeskPage>
      <Suspense fallback={<PublishingSkeleton />}>
        <BrandPublishing brand={brand} />
      </Suspense>
    </DeskPage>
  )
}
