import { Temporal } from 'temporal-polyfill'

/** What a wall clock in a zone means: one instant, none where the clocks go forward, the later of two where they go back. */
export type WallClockReading =
  | { kind: 'once'; instant: string }
  | { kind: 'skipped' }
  | { kind: 'twice'; instant: string }

/**
 * Reads "2026-09-18T07:30" in a named zone as Postgres reads it (`timestamp at time zone`), whose answer
 * to a repeated hour is the later one, in standard time.
 * @returns null for a text that is no date and time
 */
export function readWallClock(local: string, zone: string): WallClockReading | null {
  let wall: Temporal.PlainDateTime
  try {
    wall = Temporal.PlainDateTime.from(local)
  } catch {
    return null
  }
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { kind: 'once', instant: iso(later) }
  if (!later.toPlainDateTime().equals(wall)) return { kind: 'skipped' }
  return { kind: 'twice', instant: iso(later) }
}

/** The instant on the zone's wall clock, to the minute: "2026-09-18T07:30". */
export function wallClockOf(instant: string, zone: string): string {
  return zoned(instant, zone).toPlainDateTime().toString({ smallestUnit: 'minute', roundingMode: 'floor' })
}

/** The day that an instant falls on in a zone: "2026-09-18". */
export function dayOf(instant: string, zone: string): string {
  return zoned(instant, zone).toPlainDate().toString()
}

/** When a day ("2026-09-18") begins in a zone. */
export function startOfDay(day: string, zone: string): string {
  return iso(Temporal.PlainDate.from(day).toZonedDateTime(zone))
}

/** How far off an instant is, in the largest unit that fits: "in 19 h", "in 3 days", "2 min ago". */
export function distance(instant: string, now: string): string {
  const minutes = Math.round((Date.parse(instant) - Date.parse(now)) / 60_000)
  const size = Math.abs(minutes)
  const words =
    size < 60
      ? `${size} min`
      : size < 48 * 60
        ? `${Math.round(size / 60)} h`
        : `${Math.round(size / 1440)} days`
  return minutes < 0 ? `${words} ago` : `in ${words}`
}

function zoned(instant: string, zone: string): Temporal.ZonedDateTime {
  // Postgres writes "+00:00" and microseconds; both are Temporal's own spelling too.
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
}

function iso(moment: Temporal.ZonedDateTime): string {
  return moment.toInstant().toString()
}
