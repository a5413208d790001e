import type { Metadata } from 'next'
import { HomeDesk } from '#components/home/home-desk.tsx'
import { KeepFresh } from '#components/home/keep-fresh.tsx'
import { readHome } from '#components/home/read-home.ts'
import { StepList } from '#components/home/step-list.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'
import { OwnBar } from '#components/shell/top-bar.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { type Agency, listDeskBrands, listMyAgencies, makesBrands } from '#lib/brands/queries.ts'
import { firstSteps, isFirstDay } from '#lib/home/first-steps.ts'
import { dayWords, headline, stepsHeadline } from '#lib/home/headline.ts'
import { homeView } from '#lib/home/schema.ts'
import { myProfile } from '#lib/members/queries.ts'
import { can } from '#lib/members/roles.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { formatInstant, zoneCity } from '#lib/time/format.ts'

export const metadata: Metadata = { title: 'Today' }

export default async function TodayPage({ searchParams }: PageProps<'/today'>) {
  const { db, userId } = await requireSession()
  const { show } = homeView.parse(await searchParams)
  const [brands, agencies, profile] = await Promise.all([listDeskBrands(), listMyAgencies(), myProfile()])
  const zone = profile.timeZone
  const home = await readHome(db, { brands, userId, zone, path: '/today', whole: show })
  const { scope, homes, state } = home
  const [agency] = agencies
  const steps = firstSteps(
    homes.flatMap((one) => {
      const brand = scope.brandOf.get(one.id)
      return brand
        ? {
            slug: brand.slug,
            hasAccount: one.accounts.length > 0,
            hasClient: one.hasClient,
            hasPiece: one.hasPiece,
            mayConnect: can(brand, 'connections.manage'),
            mayInvite: can(brand, 'members.manage'),
            mayWrite: can(brand, 'content.create'),
          }
        : []
    }),
    { makesBrands: agencies.some(makesBrands) },
  )
  const isBeginning = isFirstDay(steps)
  const isEmpty = homes.every((one) => !one.hasPiece && one.accounts.length === 0)
  const list = (
    <StepList desk={agency ? { name: agency.name, part: partWords(agency) } : null} steps={steps} />
  )

  return (
    <>
      <OwnBar>
        <span className="num text-ink-3">
          {formatInstant(scope.now, zone, 'long-day')}, {formatInstant(scope.now, zone, 'time')} in{' '}
          {zoneCity(zone)}
        </span>
      </OwnBar>
      <DeskPage>
        <KeepFresh />
        {isBeginning && isEmpty ? (
          <>
            <PageHead
              lead
              title={stepsHeadline({
                done: steps.filter(({ isDone }) => isDone).length + (agency ? 1 : 0),
                left: steps.filter(({ isDone }) => !isDone).length,
              })}
            />
            <div className="max-w-[880px]">{list}</div>
          </>
        ) : (
          <>
            <PageHead
              lead
              title={headline(state.counts)}
              meta={
                <>
                  {brands.length} {brands.length === 1 ? 'brand' : 'brands'}, {dayWords(state.counts)}
                  <span className="md:hidden">, times in {zoneCity(zone)}</span>
                </>
              }
            />
            <HomeDesk {...home} />
            {isBeginning && (
              <section className="mt-4 max-w-[880px]">
                <SectionHead title="Still to set up" />
                {list}
              </section>
            )}
          </>
        )}
      </DeskPage>
    </>
  )
}

function partWords({ role }: Agency): string {
  if (role === 'owner') return 'You are its owner.'
  return role === 'admin' ? 'You are an admin of it.' : 'You are on its staff.'
}
