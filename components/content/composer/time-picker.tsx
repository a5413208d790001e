'use client'

import { Clock } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Note } from '#components/ui/note.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { type Refusal, sentenceFor } from '#lib/errors.ts'
import { clockTime } from '#lib/time/clock-time.ts'
import { formatInstant, zoneAbbreviation, zoneCity } from '#lib/time/format.ts'
import { distance, readWallClock, wallClockOf } from '#lib/time/wall-clock.ts'

type TimePickerProps = {
  plannedAt: string | null
  zone: string
  now: string
  /** What changing it means for a yes that was given; null where none was. */
  meaning: string | null
  /** Why the person may not, and who may. */
  refused: string | null | undefined
  open: boolean
  onOpenChange: (open: boolean) => void
  /** @returns the refusal, or null once the time stands */
  onChoose: (localTime: string) => Promise<Refusal | null>
  /** Takes the time off; absent where there is none, or not to this person. */
  onClear?: (() => Promise<Refusal | null>) | undefined
}

/** When it goes out, on the brand's own clock, and the way to choose. */
export function TimePicker(props: TimePickerProps) {
  const { plannedAt, zone, now, refused, open, onOpenChange } = props
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 whitespace-nowrap">
      <Clock aria-hidden className="text-ink-2" />
      {plannedAt ? (
        <p className="num">
          <time dateTime={plannedAt}>{formatInstant(plannedAt, zone, 'day-time')}</time>{' '}
          <span className="text-ink-3">
            {zoneCity(zone)}, {zoneAbbreviation(plannedAt, zone)}, {distance(plannedAt, now)}
          </span>
        </p>
      ) : (
        <p className="text-ink-2">No time yet</p>
      )}
      {refused !== undefined && (
        <Popover
          title="When it goes out"
          align="end"
          open={open}
          onOpenChange={onOpenChange}
          trigger={
            <Button size="sm" disabledReason={refused}>
              {plannedAt ? 'Change time' : 'Choose a time'}
            </Button>
          }
        >
          <TimeForm {...props} />
        </Popover>
      )}
    </div>
  )
}

function TimeForm({ plannedAt, zone, now, meaning, onOpenChange, onChoose, onClear }: TimePickerProps) {
  const start = plannedAt ? wallClockOf(plannedAt, zone) : null
  const [day, setDay] = useState(start?.slice(0, 10) ?? '')
  const [typed, setTyped] = useState(start?.slice(11) ?? '')
  const time = clockTime(typed)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const reading = day && time ? readWallClock(`${day}T${time}`, zone) : null
  const problem = problemOf()

  function problemOf(): string | null {
    if (!day || !time || !reading) return null
    if (reading.kind === 'skipped') {
      return sentenceFor('schedule_nonexistent_time', { local_time: time, time_zone: zone })
    }
    if (Date.parse(reading.instant) <= Date.parse(now)) {
      return sentenceFor('schedule_past', { scheduled_at: reading.instant, time_zone: zone })
    }
    return null
  }

  async function run(deed: () => Promise<Refusal | null>) {
    setBusy(true)
    setRefusal(null)
    const refused = await deed()
    setBusy(false)
    if (refused) setRefusal(refused.sentence)
    else onOpenChange(false)
  }

  return (
    <form
      noValidate // the day's own bubble would say the same beside our sentence, in the browser's tongue
      className="grid gap-2.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (!day || !typed.trim()) setRefusal('Choose a day and a time.')
        else if (!time) setRefusal(`“${typed}” is no time of day. Write it as 07:30.`)
        else if (problem) setRefusal(problem)
        else void run(() => onChoose(`${day}T${time}`))
      }}
    >
      <div className="grid grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)] gap-2">
        <Field label="Day">
          <Input
            type="date"
            value={day}
            min={wallClockOf(now, zone).slice(0, 10)}
            onChange={(event) => {
              setDay(event.target.value)
              setRefusal(null)
            }}
          />
        </Field>
        <Field label="Time">
          <Input
            inputMode="numeric"
            autoComplete="off"
            placeholder="07:30"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              setRefusal(null)
            }}
            onBlur={() => time && setTyped(time)}
          />
        </Field>
      </div>
      <p className="text-xs text-ink-2">{whatItMeans()}</p>
      {(refusal ?? problem) && (
        <Note tone="stop" role="alert">
          {refusal ?? problem}
        </Note>
      )}
      {meaning && <p className="text-xs text-ink-2">{meaning}</p>}
      <div className="flex gap-2">
        <Button look="act" type="submit" busy={busy}>
          {plannedAt ? 'Move it' : 'Set the time'}
        </Button>
        {onClear && (
          <Button look="bare" disabled={busy} onClick={() => void run(onClear)}>
            Unschedule
          </Button>
        )}
      </div>
    </form>
  )

  function whatItMeans(): ReactNode {
    if (!reading || reading.kind === 'skipped' || problem) return `On the clock in ${zoneCity(zone)}.`
    const { instant } = reading
    const words = `${formatInstant(instant, zone, 'day-time')} in ${zoneCity(zone)}, ${zoneAbbreviation(instant, zone)}, ${distance(instant, now)}.`
    if (reading.kind === 'once') return words
    return `${words} The clocks go back that night, so ${time} comes twice: it goes out the second time.`
  }
}
