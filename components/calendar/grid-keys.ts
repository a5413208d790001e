import { addDays, addMonths, sameDayIn, weekdayOf } from './month-geometry.ts'

export type GridMove = {
  day: string
  /** The month is turned even where the day is drawn as a neighbour's. */
  turns?: -1 | 1
}

/** Where a key leads from a day of the grid; null for a key that leads nowhere. */
export function dayAfterKey(key: string, day: string): GridMove | null {
  const month = day.slice(0, 7)
  switch (key) {
    case 'ArrowLeft':
      return { day: addDays(day, -1) }
    case 'ArrowRight':
      return { day: addDays(day, 1) }
    case 'ArrowUp':
      return { day: addDays(day, -7) }
    case 'ArrowDown':
      return { day: addDays(day, 7) }
    case 'Home':
      return { day: addDays(day, -weekdayOf(day)) }
    case 'End':
      return { day: addDays(day, 6 - weekdayOf(day)) }
    case 'PageUp':
      return { day: sameDayIn(addMonths(month, -1), day), turns: -1 }
    case 'PageDown':
      return { day: sameDayIn(addMonths(month, 1), day), turns: 1 }
    default:
      return null
  }
}
