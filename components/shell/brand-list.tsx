'use client'

import { clsx } from 'clsx'
import { Command } from 'cmdk'
import { Check, Plus, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import type { ShellBrand } from './areas.ts'

type BrandListProps = {
  label: string
  brands: readonly ShellBrand[]
  current?: ShellBrand | null
  hrefOf: (brand: ShellBrand) => string
  /** "All brands", above the list. */
  all?: { href: string; note: string } | undefined
  newBrandHref?: string | undefined
  onChosen: () => void
}

/** Brands by name or code: type to narrow, arrows to move, Enter to go. */
export function BrandList({ label, brands, current, hrefOf, all, newBrandHref, onChosen }: BrandListProps) {
  const router = useRouter()
  function go(href: string) {
    onChosen()
    router.push(href)
  }
  return (
    <Command label={label} loop {...(current && { defaultValue: current.id })} className="grid min-h-0">
      <div className="flex h-10 items-center gap-2 border-b border-rule px-3 text-ink-3 pointer-coarse:h-12">
        <Search aria-hidden />
        <Command.Input
          autoFocus
          placeholder="Name or code"
          className="min-w-0 flex-1 bg-transparent text-ink outline-none pointer-coarse:text-md"
        />
      </div>
      <Command.List className="max-h-[min(420px,60dvh)] overflow-y-auto py-1" label="Brands">
        <Command.Empty className="px-3 py-2 text-ink-3">No brand of yours is called that.</Command.Empty>
        {all && (
          <Row value="all" keywords={['All brands']} onSelect={() => go(all.href)} chosen={!current}>
            <span className="grid size-[26px] shrink-0 place-items-center rounded-2 bg-blotter font-head text-xs text-on-blotter font-stretch-[86%]">
              {brands.length}
            </span>
            <Lines title="All brands" note={all.note} />
          </Row>
        )}
        {brands.map((brand) => (
          <Row
            key={brand.id}
            value={brand.id}
            keywords={[brand.name, brand.code]}
            onSelect={() => go(hrefOf(brand))}
            chosen={brand.id === current?.id}
          >
            <BrandMark code={brand.code} colour={brand.primaryColor} />
            <Lines title={brand.name} />
          </Row>
        ))}
        {newBrandHref && (
          <Row value="new" keywords={['New brand', 'Add']} onSelect={() => go(newBrandHref)}>
            <span className="grid size-[26px] shrink-0 place-items-center">
              <Plus aria-hidden />
            </span>
            <Lines title="New brand" />
          </Row>
        )}
      </Command.List>
    </Command>
  )
}

type RowProps = {
  value: string
  keywords: string[]
  onSelect: () => void
  chosen?: boolean
  children: ReactNode
}

function Row({ chosen, children, ...item }: RowProps) {
  return (
    <Command.Item
      {...item}
      className={clsx(
        'flex min-h-10 cursor-default items-center gap-2.5 px-3 py-1 pointer-coarse:min-h-12',
        'data-[selected=true]:bg-pencil-wash data-[selected=true]:shadow-[inset_3px_0_0_var(--pencil)]',
      )}
    >
      {children}
      {chosen && (
        <>
          <Check aria-hidden />
          <span className="sr-only">, here now</span>
        </>
      )}
    </Command.Item>
  )
}

function Lines({ title, note }: { title: string; note?: string }) {
  return (
    <span className="min-w-0 flex-1">
      <span className="block truncate">{title}</span>
      {note && <span className="block truncate text-xs text-ink-3">{note}</span>}
    </span>
  )
}
