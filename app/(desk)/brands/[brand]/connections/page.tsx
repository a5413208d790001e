import type { Metadata } from 'next'
import { Suspense } from 'react'
import { BrandConnections } from '#components/connections/brand-connections.tsx'
import { WhatIsAsked } from '#components/connections/what-is-asked.tsx'
import { DeskPage, WithAside } from '#components/shell/desk-page.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Loading, SkeletonRows } from '#components/ui/skeleton.tsx'
import { requireBrand } from '#lib/brands/queries.ts'
import { connectionsFilter } from '#lib/connections/schema.ts'

export const metadata: Metadata = { title: 'Connections' }

export default async function ConnectionsPage({
  params,
  searchParams,
}: PageProps<'/brands/[brand]/connections'>) {
  const brand = await requireBrand((await params).brand)
  return (
    <DeskPage>
      <Suspense
        fallback={
          <Loading what="Reading the accounts">
            <PageHead title="Connections" />
            <WithAside aside={<WhatIsAsked />}>
              <SkeletonRows count={4} />
            </WithAside>
          </Loading>
        }
      >
        <BrandConnections brand={brand} {...connectionsFilter.parse(await searchParams)} />
      </Suspense>
    </DeskPage>
  )
}
