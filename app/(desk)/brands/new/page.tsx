import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { BrandForm } from '#components/brands/brand-form.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { listMyAgencies, makesBrands } from '#lib/brands/queries.ts'
import { myProfile } from '#lib/members/queries.ts'

export const metadata: Metadata = { title: 'New brand' }

export default async function NewBrandPage() {
  const [agencies, profile] = await Promise.all([listMyAgencies(), myProfile()])
  const own = agencies.filter(makesBrands)
  if (own.length === 0) notFound()
  return (
    <DeskPage>
      <PageHead title="A new brand" meta={own.length === 1 ? own[0]?.name : undefined} />
      <BrandForm agencies={own} timeZone={profile.timeZone} />
    </DeskPage>
  )
}
