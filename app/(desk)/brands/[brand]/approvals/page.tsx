import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ApprovalsSkeleton } from '#components/approvals/approvals-skeleton.tsx'
import { BrandApprovals } from '#components/approvals/brand-approvals.tsx'
import { approvalFilter } from '#lib/approvals/schema.ts'
import { requireBrand } from '#lib/brands/queries.ts'

export const metadata: Metadata = { title: 'Approvals' }

export default async function ApprovalsPage({
  params,
  searchParams,
}: PageProps<'/brands/[brand]/approvals'>) {
  const brand = await requireBrand((await params).brand)
  return (
    <Suspense fallback={<ApprovalsSkeleton />}>
      <BrandApprovals brand={brand} filter={approvalFilter.parse(await searchParams)} />
    </Suspense>
  )
}
