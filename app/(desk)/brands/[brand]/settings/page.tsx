import type { Metadata } from 'next'
import { ApprovalModeForm } from '#components/brands/approval-mode-form.tsx'
import { BrandDetails } from '#components/brands/brand-details.tsx'
import { EndOfBrand } from '#components/brands/end-of-brand.tsx'
import { SettingsHead } from '#components/brands/settings-head.tsx'
import { DeskPage, WithAside } from '#components/shell/desk-page.tsx'
import { requireBrand } from '#lib/brands/queries.ts'

export const metadata: Metadata = { title: 'Brand settings' }

export default async function BrandSettingsPage({ params }: PageProps<'/brands/[brand]/settings'>) {
  const brand = await requireBrand((await params).brand)
  return (
    <DeskPage>
      <SettingsHead brand={brand} title={`${brand.name}, as it is set`} current="brand" />
      <WithAside aside={<ApprovalModeForm brand={brand} />}>
        <BrandDetails brand={brand} />
        <EndOfBrand brand={brand} />
      </WithAside>
    </DeskPage>
  )
}
