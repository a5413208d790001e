import { STATUS_SHORT_WORDS } from '#components/status/post-status.ts'
import { StatusShape } from '#components/status/status-shape.tsx'
import { FilterChipLink } from '#components/ui/filter-chip.tsx'
import { type CalendarFilter, type PostState, postStates } from '#lib/content/schema.ts'
import { monthAddress } from './month-address.ts'

type StatusChipsProps = {
  brandSlug: string
  filter: CalendarFilter
  counts: ReadonlyMap<PostState, number>
}

/** The states the month holds, each to press alone or with others. */
export function StatusChips({ brandSlug, filter, counts }: StatusChipsProps) {
  const shown = postStates.filter((state) => counts.has(state) || filter.status.includes(state))
  if (shown.length === 0) return null
  return (
    <nav aria-label="Show only" className="flex gap-2 overflow-x-auto px-3.5 pb-2.5 md:flex-wrap md:px-4">
      {shown.map((state) => {
        const pressed = filter.status.includes(state)
        const status = pressed ? filter.status.filter((one) => one !== state) : [...filter.status, state]
        return (
          <FilterChipLink
            key={state}
            pressed={pressed}
            icon={<StatusShape status={state} className={`is-${state} text-(--c)`} />}
            count={counts.get(state) ?? 0}
            href={monthAddress(brandSlug, { ...filter, status })}
          >
            {STATUS_SHORT_WORDS[state]}
          </FilterChipLink>
        )
      })}
    </nav>
  )
}
