import type { PostState } from '#lib/content/schema.ts'
import { dayOf } from '#lib/time/wall-clock.ts'

/** One day of a brand: everything that is planned is passed, something still waits, or nothing is planned. */
export type PlanCell = { day: string; count: number; standing: 'ready' | 'waiting' | 'none' }

type Planned = { at: string; state: PostState; isHeld: boolean }

const passed: readonly PostState[] = ['approved', 'scheduled', 'publishing', 'published']

/** A week of a brand, day by day, as the clocks of a zone divide it. */
export function planWeek(pieces: readonly Planned[], days: readonly string[], zone: string): PlanCell[] {
  const byDay = Map.groupBy(pieces, (piece) => dayOf(piece.at, zone))
  return days.map((day) => {
    const own = byDay.get(day) ?? []
    const isReady = own.every(({ state, isHeld }) => passed.includes(state) && !isHeld)
    return { day, count: own.length, standing: own.length === 0 ? 'none' : isReady ? 'ready' : 'waiting' }
  })
}

/** What a cell says to those who do not see it. */
export function planWords({ count, standing }: PlanCell): string {
  if (standing === 'none') return 'nothing planned'
  const posts = `${count} ${count === 1 ? 'post' : 'posts'}`
  if (standing === 'waiting') return `${posts}, not all approved`
  return count === 1 ? `${posts}, approved` : `${posts}, all approved`
}
