'use client'

import { Dialog } from '@base-ui/react/dialog'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useState } from 'react'
import { Kbd } from '#components/ui/kbd.tsx'
import { answers } from './palette-answers.ts'
import { type PaletteEntry, usePaletteEntries } from './palette-entries.tsx'
import { PaletteItem, PalettePiece } from './palette-item.tsx'
import { useShell } from './shell-context.tsx'

type PaletteProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** Ctrl K: pieces, brands, areas and acts in one list, from one line of typing. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-(--z-dialog) bg-scrim transition-opacity duration-(--dur-2) data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label="Search or jump to"
          className="fixed top-2 left-1/2 z-(--z-dialog) flex max-h-[calc(100dvh-16px)] w-[min(660px,calc(100vw-16px))] -translate-x-1/2 flex-col overflow-hidden rounded-3 bg-raised shadow-3 outline-none transition-[opacity,translate] duration-(--dur-2) ease-out data-ending-style:opacity-0 data-starting-style:-translate-y-1 data-starting-style:opacity-0 md:top-[84px] md:max-h-[calc(100dvh-120px)]"
        >
          <PaletteList onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** From this many letters on the pieces are searched. */
const LEAST_LETTERS = 2

function PaletteList({ onDone }: { onDone: () => void }) {
  const { findPieces } = useShell()
  const entries = usePaletteEntries()
  const router = useRouter()
  const [line, setLine] = useState('')
  const typed = line.trim()
  const query = useDeferredValue(typed)
  const searches = findPieces !== undefined && query.length >= LEAST_LETTERS
  const pieces = useQuery({
    queryKey: ['palette', query],
    queryFn: () => findPieces?.(query) ?? [],
    enabled: searches,
    placeholderData: keepPreviousData,
  })
  const hits = searches ? (pieces.data ?? []) : []

  const run = (act: () => void) => () => {
    onDone()
    act()
  }
  const group = (heading: string, list: PaletteEntry[]) => {
    const found = list.filter((entry) => answers(entry, typed))
    if (found.length === 0) return null
    return (
      <Command.Group heading={heading}>
        {found.map((entry) => (
          <PaletteItem
            key={entry.id}
            value={entry.id}
            icon={entry.icon}
            end={entry.end}
            onSelect={run(entry.run)}
          >
            {entry.label}
          </PaletteItem>
        ))}
      </Command.Group>
    )
  }

  return (
    <Command label="Search or jump to" loop shouldFilter={false} className="flex min-h-0 flex-col">
      <div className="flex h-[52px] shrink-0 items-center gap-2.5 border-b-2 border-ink px-3.5">
        <Search aria-hidden className="size-5" />
        <Command.Input
          autoFocus
          value={line}
          onValueChange={setLine}
          placeholder="Search or jump to"
          className="min-w-0 flex-1 bg-transparent text-[17px] outline-none"
        />
        <Kbd aria-hidden className="max-md:hidden">
          Esc
        </Kbd>
      </div>
      <Command.List
        label="What was found"
        className="overflow-y-auto pb-1.5 [&_[cmdk-group-heading]]:px-3.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3"
      >
        <Command.Empty className="px-3.5 pt-4 pb-2.5 text-ink-2">
          {pieces.isFetching ? 'Searching the pieces.' : `Nothing here is called “${typed}”.`}
        </Command.Empty>
        {hits.length > 0 && (
          <Command.Group heading="Pieces">
            {hits.map((hit) => (
              <PalettePiece
                key={hit.id}
                hit={hit}
                typed={query}
                onSelect={run(() => router.push(hit.href))}
              />
            ))}
          </Command.Group>
        )}
        {group('Go to, or make', entries.ways)}
        {group('Brands', entries.brands)}
      </Command.List>
      <p
        aria-hidden
        className="flex shrink-0 gap-3.5 border-t border-rule px-3.5 py-2 text-xs text-ink-3 max-md:hidden"
      >
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> choose
        </span>
        <span>
          <Kbd>Enter</Kbd> open
        </span>
      </p>
    </Command>
  )
}
