import type { ReactNode } from 'react'
import { WithAside } from '#components/shell/desk-page.tsx'
import { Empty } from '#components/ui/empty.tsx'
import type { HomeDays } from '#lib/home/days.ts'
import type { HomeBrand } from '#lib/home/queries.ts'
import { AccountsList } from './accounts-list.tsx'
import { BrokenList } from './broken-list.tsx'
import type { HomeScope } from './home-scope.ts'
import type { HomeState } from './home-state.ts'
import { SinceList } from './since-list.tsx'
import { TodayList } from './today-list.tsx'
import { WaitingList } from './waiting-list.tsx'
import { WeekPlan } from './week-plan.tsx'

type HomeDeskProps = {
  scope: HomeScope
  days: HomeDays
  homes: readonly HomeBrand[]
  state: HomeState
  names: ReadonlyMap<string, string>
  pictures: ReadonlyMap<string, string>
  /** What is still to set up, below what needs a person now. */
  steps?: ReactNode
  /** Stands between the day and the accounts. */
  coming?: ReactNode
  /** Stands below the accounts. */
  children?: ReactNode
}

/** What needs a person at the left, how the day and the week stand at the right. */
export function HomeDesk({
  scope,
  days,
  homes,
  state,
  names,
  pictures,
  steps,
  coming,
  children,
}: HomeDeskProps) {
  return (
    <WithAside
      aside={
        <div className="max-lg:pt-3">
          <WeekPlan scope={scope} homes={homes} week={days.nextWeek} />
          <TodayList scope={scope} pieces={state.today} />
          {coming}
          <AccountsList scope={scope} accounts={homes.flatMap(({ accounts }) => accounts)} />
          {children}
        </div>
      }
    >
      {!steps && needsNobody(state) && (
        <Empty title="Nothing is broken, and nothing waits for a yes">
          What fails, gets no answer or waits for someone’s word comes up here, with what mends it.
        </Empty>
      )}
      <BrokenList scope={scope} things={state.broken} />
      <WaitingList
        scope={scope}
        pieces={state.waiting}
        isCut={state.isCut}
        names={names}
        pictures={pictures}
      />
      {steps}
      <SinceList scope={scope} notices={state.notices} />
    </WithAside>
  )
}

function needsNobody({ broken, waiting }: HomeState): boolean {
  return broken.length === 0 && waiting.length === 0
}
