import type { Metadata } from 'next'
import { stepsOf } from '#components/home/first-day.ts'
import { HomeDesk } from '#components/home/home-desk.tsx'
import { KeepFresh } from '#components/home/keep-fresh.tsx'
import { readHome } from '#components/home/read-home.ts'
import { StepList, StepSection } from '#components/home/step-list.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'
import { OwnBar } from '#components/shell/top-bar.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { type Agency, listDeskBrands, listMyAgencies } from '#lib/brands/queries.ts'
import { isFirstDay } from '#lib/home/first-steps.ts'
import { dayWords, headline, isQuiet, stepsHeadline } from '#lib/home/headline.ts'
import { homeView } from '#lib/home/schema.ts'
import { myProfile } from '#lib/members/queries.ts'
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
  const desk = agency ? { name: agency.name, part: partWords(agency) } : null
  const steps = stepsOf(homes, scope, agencies)
  const isBeginning = isFirstDay(steps)
  const done = steps.filter(({ isDone }) => isDone).length
  const title =
    isBeginning && isQuiet(state.counts)
      ? stepsHeadline({
          done: done + (desk ? 1 : 0),
          left: steps.length - done,
          isFree: brands.length > 0,
        })
      : headline(state.counts)
  const isBare = homes.every(({ accounts, hasPiece }) => !hasPiece && accounts.length === 0)

  return (
    <>
      <OwnBar>
        <span className="num text-ink-3">
          {formatInstant(scope.now, zone, 'long-day')}, {formatInstant(scope.now, zone, 'time')} in{' '}
          {zoneCity(zone)}
        </span>
      </OwnBar>
      <DeskPage>
        <KeepFresh isMoving={state.isMoving} />
        {isBeginning && isBare ? (
          <>
            <PageHead lead title={title} />
            <div className="max-w-[880px]">
              <StepList desk={desk} steps={steps} />
            </div>
          </>
        ) : (
          <>
            <PageHead
              lead
              title={title}
              meta={
                <>
                  {[`${brands.length} ${brands.length === 1 ? 'brand' : 'brands'}`, dayWords(state.counts)]
                    .filter(Boolean)
                    .join(', ')}
                  <span className="md:hidden">, times in {zoneCity(zone)}</span>
                </>
              }
            />
            <HomeDesk {...home} steps={isBeginning && <StepSection desk={desk} steps={steps} />} />
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
