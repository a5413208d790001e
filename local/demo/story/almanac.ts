import { Temporal } from 'temporal-polyfill'

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** A wall clock in a brand's zone. */
export type Moment = Temporal.ZonedDateTime

/**
 * The days around the day of seeding. What has a name ("Friday pie drop") hangs on whole weeks before or
 * after this one, so that it falls on its day whenever the story is told; what is near hangs on hours.
 */
export class Almanac {
  readonly now: Moment

  constructor(now: Temporal.Instant, timeZone: string) {
    this.now = now.toZonedDateTimeISO(timeZone)
  }

  /** A day of the week that lies `weeks` away: negative is past, positive is ahead, never this one. */
  week(weeks: number, day: Weekday, time: string): Moment {
    if (weeks === 0) throw new RangeError('Of this week nobody knows what is past.')
    const monday = this.now.subtract({ days: this.now.dayOfWeek - 1 })
    return at(monday.add({ days: weeks * 7 + WEEKDAYS.indexOf(day) }), time)
  }

  daysAgo(days: number, time: string): Moment {
    return at(this.now.subtract({ days }), time)
  }

  daysAhead(days: number, time: string): Moment {
    return at(this.now.add({ days }), time)
  }

  minutesAgo(minutes: number): Moment {
    return this.now.subtract({ minutes })
  }

  /** The last quarter of an hour that lies at least so long back: people plan in quarters. */
  quarterAgo({ hours = 0, minutes = 0 }: { hours?: number; minutes?: number }): Moment {
    const moment = this.now.subtract({ hours, minutes })
    return moment.with({
      minute: moment.minute - (moment.minute % 15),
      second: 0,
      millisecond: 0,
      microsecond: 0,
      nanosecond: 0,
    })
  }

  /** The nth working day before a slot; before today where the slot is still ahead: work happens in the past. */
  before(slot: Moment, workdays: number, time: string): Moment {
    let day = Temporal.ZonedDateTime.compare(slot, this.now) < 0 ? slot : this.now
    for (let left = workdays; left > 0; ) {
      day = day.subtract({ days: 1 })
      if (day.dayOfWeek <= 5) left--
    }
    return at(day, time)
  }
}

function at(day: Moment, time: string): Moment {
  return day.withPlainTime(Temporal.PlainTime.from(time))
}
