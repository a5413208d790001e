import type { Metadata } from 'next'
import { monthAddress } from '#components/calendar/month-address.ts'
import { ApproverList } from '#components/home/approver-list.tsx'
import { approversOf, asksClient } from '#components/home/approvers.ts'
import { ComingList } from '#components/home/coming-list.tsx'
import { stepsOf } from '#components/home/first-day.ts'
import { HomeDesk } from '#components/home/home-desk.tsx'
import { KeepFresh } from '#components/home/keep-fresh.tsx'
import { readHome } from '#components/home/read-home.ts'
import { StepSection } from '#components/home/step-list.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { requireBrand } from '#lib/brands/queries.ts'
import { isFirstDay } from '#lib/home/first-steps.ts'
import { dayWords, headline } from '#lib/home/headline.ts'
import { homeView } from '#lib/home/schema.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { formatInstant, zoneAbbreviation, zoneCity } from '#lib/time/format.ts'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage({ params, searchParams }: PageProps<'/brands/[brand]/overview'>) {
  const { db, userId } = await requireSession()
  const brand = await requireBrand((await params).brand)
  const { show } = homeView.parse(await searchParams)
  const home = await readHome(db, {
    brands: [brand],
    userId,
    zone: brand.timeZone,
    path: `/brands/${brand.slug}/overview`,
    whole: show,
    alsoNamed: (people) => approversOf(brand.approvalMode, people).map((person) => person.userId),
  })
  const { scope, homes, state, names } = home
  const [own] = homes
  // The brand itself is there; and a way of approval that asks no client needs none.
  const steps = stepsOf(homes, scope, []).filter(
    ({ name }) => name !== 'brand' && (name !== 'client' || asksClient(brand.approvalMode)),
  )

  return (
    <DeskPage>
      <KeepFresh isMoving={state.isMoving} />
      <PageHead
        lead
        title={headline(state.counts)}
        meta={[
          dayWords(state.counts),
          `${formatInstant(scope.now, brand.timeZone, 'time')} in ${zoneCity(brand.timeZone)}, ${zoneAbbreviation(scope.now, brand.timeZone)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      <HomeDesk
        {...home}
        steps={isFirstDay(steps) && <StepSection desk={null} steps={steps} />}
        coming={
          <ComingList scope={scope} pieces={state.coming} calendarHref={monthAddress(brand.slug, {})} />
        }
      >
        {own && <ApproverList brand={brand} home={own} names={names} />}
      </HomeDesk>
    </DeskPage>
  )
}
