import { FilterChipLink } from '#components/ui/filter-chip.tsx'
import { UrlSearch } from '#components/ui/url-search.tsx'
import { type MediaFilter, type MediaShelf, mediaAddress, mediaShelves } from '#lib/media/schema.ts'

const names: Record<MediaShelf, string> = {
  library: 'In the library',
  unused: 'Unused',
  undescribed: 'No alt text',
  refused: 'Refused',
  archived: 'Archived',
}

/** Which shelf of the library is shown, and the search in it. */
export function ShelfChips({ brandSlug, filter }: { brandSlug: string; filter: MediaFilter }) {
  return (
    <div className="no-scrollbar flex items-center gap-1.5 overflow-x-auto px-3.5 py-2 md:px-6">
      <UrlSearch label="Search names and alt texts" placeholder="Name, alt text" className="w-44 shrink-0" />
      <nav aria-label="Shelves" className="flex gap-1.5 border-l border-rule-2 pl-2">
        {mediaShelves.map((shelf) => (
          <FilterChipLink
            key={shelf}
            pressed={shelf === filter.shelf}
            href={mediaAddress(brandSlug, { ...filter, shelf, after: undefined })}
          >
            {names[shelf]}
          </FilterChipLink>
        ))}
      </nav>
    </div>
  )
}
