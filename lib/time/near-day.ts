import { formatInstant } from './format.ts'
import { dayOf } from './wall-clock.ts'

/** "today 17:30", "tomorrow 17:30", "yesterday 18:20", else "Fri 18 Sep, 17:30": an instant as people near it say it. */
export function nearDay(instant: string, zone: string, now: Date): string {
  const day = dayOf(new Date(instant).toISOString(), zone)
  const at = formatInstant(instant, zone, 'time')
  const near = Object.entries({ yesterday: -1, today: 0, tomorrow: 1 }).find(
    ([, days]) => dayOf(new Date(now.getTime() + days * DAY_MS).toISOString(), zone) === day,
  )
  return near ? `${near[0]} ${at}` : formatInstant(instant, zone, 'day-time')
}

const DAY_MS = 24 * 60 * 60_000
