import { Temporal } from 'temporal-polyfill'

/** The days that a home page speaks of, and the instants they lie between: [from, to). */
export type HomeDays = { today: string; nextWeek: string[]; from: string; to: string }

/** Today and the week after this one, Monday first, by the clocks of a zone. */
export function homeDays(now: Date, zone: string): HomeDays {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate()
  const monday = today.add({ days: 8 - today.dayOfWeek })
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant().toString()
  return {
    today: today.toString(),
    nextWeek: Array.from({ length: 7 }, (_, index) => monday.add({ days: index }).toString()),
    from: startOf(today),
    to: startOf(monday.add({ days: 7 })),
  }
}
