import type { HomeDays } from '#lib/home/days.ts'
import type { DayCounts } from '#lib/home/headline.ts'
import {
  type HomeBrand,
  type HomeNotice,
  type HomePiece,
  NEEDY_MAX,
  type NeedyPiece,
} from '#lib/home/queries.ts'
import { dayOf } from '#lib/time/wall-clock.ts'
import { type BrokenThing, brokenThings } from './broken.ts'
import { isMoving } from './moving.ts'
import { piecesOf, tally } from './today.ts'
import { type WaitingPiece, waitingPieces } from './waiting.ts'

/** Everything a home page says, sorted into what is broken, what waits, what the day holds and what is new. */
export type HomeState = {
  broken: BrokenThing[]
  waiting: WaitingPiece[]
  today: HomePiece[]
  /** After today, to the end of next week. */
  coming: HomePiece[]
  notices: HomeNotice[]
  counts: DayCounts
  /** There are more needy pieces than were read. */
  isCut: boolean
  /** The page will differ in seconds. */
  isMoving: boolean
}

export function homeState(
  { homes, needy }: { homes: readonly HomeBrand[]; needy: readonly NeedyPiece[] },
  { days, zone, userId, now }: { days: HomeDays; zone: string; userId: string; now: Date },
): HomeState {
  const broken = brokenThings(
    needy,
    homes.flatMap(({ accounts }) => accounts),
  )
  const waiting = waitingPieces(needy, userId)
  const planned = homes.flatMap((home) => home.planned)
  const today = piecesOf(days.today, planned, zone)
  return {
    broken,
    waiting,
    today,
    coming: planned.filter(({ at }) => dayOf(at, zone) > days.today),
    notices: homes
      .flatMap(({ notices }) => notices)
      .sort((one, other) => Date.parse(other.at) - Date.parse(one.at)),
    isMoving: isMoving(needy, now),
    isCut: needy.length === NEEDY_MAX,
    counts: { broken: broken.length, waiting: waiting.length, ...tally(today) },
  }
}
