/**
 * Days as ISO dates ("2026-09-18") in the calendar's own zone: which zone that is was settled
 * where the posts were read, so plain day arithmetic in UTC is exact here.
 */
const DAY_MS = 86_400_000

const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const isoDay = (ms: number) => new Date(ms).toISOString().slice(0, 10)

export function addDays(day: string, count: number): string {
  return isoDay(at(day) + count * DAY_MS)
}

/** Monday 0 to Sunday 6. */
export function weekdayOf(day: string): number {
  return (new Date(at(day)).getUTCDay() + 6) % 7
}

export function weekOf(day: string): string[] {
  const monday = addDays(day, -weekdayOf(day))
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index))
}

/** The whole weeks that hold a month ("2026-09"), Monday first. */
export function weeksOf(month: string): string[][] {
  const weeks: string[][] = []
  for (let day = `${month}-01`; weeks.length === 0 || day.startsWith(month); ) {
    const week = weekOf(day)
    weeks.push(week)
    day = addDays(week[0] ?? day, 7)
  }
  return weeks
}

/** The same day of another month, or its last where it has fewer. */
export function sameDayIn(month: string, day: string): string {
  const number = Number(day.slice(8))
  const last = Number(addDays(`${addMonths(month, 1)}-01`, -1).slice(8))
  return `${month}-${String(Math.min(number, last)).padStart(2, '0')}`
}

export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const index = year * 12 + number - 1 + count
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

export function monthName(month: string): string {
  return MONTHS[Number(month.slice(5, 7)) - 1] ?? ''
}

/** "Thursday 17 September" */
export function longDay(day: string): string {
  return `${WEEKDAYS[weekdayOf(day)] ?? ''} ${Number(day.slice(8))} ${monthName(day)}`
}
