import type { Metadata } from 'next'
import { MailChoiceForm } from '#components/portal/mail-choice-form.tsx'
import { PortalHead } from '#components/shell/portal-tabs.tsx'
import { requirePortalBrand } from '#lib/brands/queries.ts'
import { can } from '#lib/members/roles.ts'
import { readMailChoice } from '#lib/portal/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'

export const metadata: Metadata = { title: 'Mail preferences' }

export default async function PreferencesPage({ params }: PageProps<'/portal/[brand]/preferences'>) {
  const { db, userId, email } = await requireSession()
  const brand = await requirePortalBrand((await params).brand)
  const choice = await readMailChoice(db, { brandId: brand.id, userId })
  return (
    <>
      <PortalHead title="What we mail you" note={`About ${brand.name}, to ${email}.`} />
      <div className="px-4 pt-4 md:max-w-[560px] md:px-0">
        {can(brand, 'approvals.decide_client') ? (
          <MailChoiceForm brandId={brand.id} agencyName={brand.agencyName} {...choice} />
        ) : (
          <p className="text-md">Nothing: only those who say yes for {brand.name} are asked by mail.</p>
        )}
      </div>
    </>
  )
}
