'use client'

import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { Popover } from '#components/ui/popover.tsx'
import { brandPath, hasUseOf, type ShellBrand } from './areas.ts'
import { BrandList } from './brand-list.tsx'
import { useShell } from './shell-context.tsx'
import { useShortcuts } from './use-shortcuts.ts'

/** Top of the rail: the brand at hand, and the way to another. B opens it. */
export function BrandSwitcher() {
  const { current, brands, agencyName } = useShell()
  const [open, setOpen] = useState(false)
  useShortcuts({ b: () => setOpen(true) })
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      title="Switch brand"
      hideTitle
      className="p-0!"
      trigger={
        <button
          type="button"
          title="Switch brand (B)"
          aria-keyshortcuts="B"
          className="mb-2.5 flex h-11 w-full shrink-0 items-center gap-2.5 rounded-2 border border-[color-mix(in_oklch,var(--on-blotter)_22%,transparent)] px-2 text-left text-on-blotter outline-on-blotter! hover:bg-blotter-2 group-data-[rail=slim]/desk:size-10 group-data-[rail=slim]/desk:justify-center group-data-[rail=slim]/desk:px-0"
        >
          {current ? (
            <BrandMark code={current.code} colour={current.primaryColor} />
          ) : (
            <span
              aria-hidden
              className="grid size-[26px] shrink-0 place-items-center rounded-2 bg-blotter-2 font-head text-xs font-stretch-[86%]"
            >
              {brands.length || agencyName.slice(0, 1)}
            </span>
          )}
          <span className="min-w-0 flex-1 truncate leading-4 group-data-[rail=slim]/desk:sr-only">
            {current?.name ?? (brands.length > 0 ? 'All brands' : agencyName)}
            <span className="block truncate text-2xs text-on-blotter-2">
              {brands.length > 0 ? agencyName : 'no brand yet'}
            </span>
          </span>
          <ChevronDown aria-hidden className="size-3.5 group-data-[rail=slim]/desk:hidden" />
        </button>
      }
    >
      <SwitcherList onChosen={() => setOpen(false)} />
    </Popover>
  )
}

/** Changing the brand keeps the area, where it has one for this person. */
export function SwitcherList({ onChosen }: { onChosen: () => void }) {
  const { current, brands, area, areas, newBrandHref, agencyName } = useShell()
  function hrefOf(brand: ShellBrand) {
    const stays = area?.path.brand && areas.includes(area.name) && hasUseOf(area, brand)
    return brandPath(brand.slug) + (stays ? area.path.brand : '')
  }
  return (
    <BrandList
      label="Switch brand"
      brands={brands}
      current={current}
      hrefOf={hrefOf}
      all={areas.includes('today') ? { href: '/today', note: agencyName } : undefined}
      newBrandHref={newBrandHref}
      onChosen={onChosen}
    />
  )
}
