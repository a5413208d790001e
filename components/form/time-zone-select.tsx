'use client'

import { clsx } from 'clsx'
import { useFieldWiring } from '#components/ui/field.tsx'
import { controlClass } from '#components/ui/input.tsx'

type TimeZoneSelectProps = { name: string; defaultValue?: string | undefined }

/** Zones by region. A native list: it holds four hundred, letters jump, and a phone has its own wheel for it. */
export function TimeZoneSelect({ name, defaultValue }: TimeZoneSelectProps) {
  const field = useFieldWiring()
  const regions = zonesByRegion(defaultValue)
  return (
    <select
      id={field?.controlId}
      name={name}
      defaultValue={defaultValue}
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      className={clsx(controlClass, 'h-(--control) px-2 pointer-coarse:text-md')}
    >
      {regions.map(([region, zones]) => (
        <optgroup key={region} label={region}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.slice(zone.indexOf('/') + 1).replaceAll('_', ' ')}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  )
}

/** A zone that is set but that this list does not name (UTC, an older spelling) stays choosable. */
function zonesByRegion(current: string | undefined): [string, string[]][] {
  const regions = new Map<string, string[]>()
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ...(current ? [current] : [])])
  for (const zone of [...zones].sort()) {
    const region = zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'Everywhere'
    regions.set(region, [...(regions.get(region) ?? []), zone])
  }
  return [...regions]
}
