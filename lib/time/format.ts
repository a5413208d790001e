/**
 * Instants as the desk writes them, in a named zone: "07:30", "Fri 18 Sep", "Fri 18 Sep, 07:30".
 * en-GB by hand where Intl differs: it abbreviates September to "Sept".
 */
export type TimeForm = 'time' | 'day' | 'day-time' | 'day-seconds' | 'long-day' | 'long-day-time' | 'date'

type Parts = Record<'weekday' | 'day' | 'month' | 'year' | 'hour' | 'minute' | 'second', string>

const formatters = new Map<string, Intl.DateTimeFormat>()

function partsIn(zone: string, instant: Date): Parts {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
    formatters.set(zone, formatter)
  }
  const found: Partial<Parts> = {}
  for (const { type, value } of formatter.formatToParts(instant)) {
    if (type in EMPTY) found[type as keyof Parts] = value
  }
  return { ...EMPTY, ...found }
}

const EMPTY: Parts = { weekday: '', day: '', month: '', year: '', hour: '', minute: '', second: '' }

export function formatInstant(instant: string | Date, zone: string, form: TimeForm): string {
  const p = partsIn(zone, typeof instant === 'string' ? new Date(instant) : instant)
  const time = `${p.hour}:${p.minute}`
  const day = `${p.weekday.slice(0, 3)} ${p.day} ${p.month.slice(0, 3)}`
  const longDay = `${p.weekday} ${p.day} ${p.month}`
  switch (form) {
    case 'time':
      return time
    case 'day':
      return day
    case 'day-time':
      return `${day}, ${time}`
    case 'day-seconds':
      return `${day}, ${time}:${p.second}`
    case 'date':
      return `${p.day} ${p.month.slice(0, 3)} ${p.year}`
    case 'long-day':
      return longDay
    case 'long-day-time':
      return `${longDay} ${p.year}, ${time}`
  }
}

/** What a zone is called at an instant: "BST", "GMT", "GMT+2". */
export function zoneAbbreviation(instant: string | Date, zone: string): string {
  return (
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' })
      .formatToParts(typeof instant === 'string' ? new Date(instant) : instant)
      .find((part) => part.type === 'timeZoneName')?.value ?? zone
  )
}

/** The zone's city as people say it: "Europe/London" is "London". */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
}
