import { clsx } from 'clsx'
import { formatInstant, type TimeForm, zoneAbbreviation } from '#lib/time/format.ts'

type TimeProps = {
  /** ISO instant. */
  instant: string
  /** IANA zone in which it is written. */
  zone: string
  form?: TimeForm
  /** Adds "BST": once a view, where the zone is not said elsewhere. */
  withZone?: boolean
  className?: string
}

/** An instant in agate, in a named zone; machines read the instant itself. */
export function Time({ instant, zone, form = 'day-time', withZone = false, className }: TimeProps) {
  return (
    <time dateTime={new Date(instant).toISOString()} className={clsx('num', className)}>
      {formatInstant(instant, zone, form)}
      {withZone && ` ${zoneAbbreviation(instant, zone)}`}
    </time>
  )
}
