'use client'

import { Dialog } from '@base-ui/react/dialog'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Command } from 'cmdk'
import { Keyboard, Plus, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { isPostStatus } from '#components/status/post-status.ts'
import { Status } from '#components/status/status.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { Thumb } from '#components/ui/picture.tsx'
import { brandPath } from './areas.ts'
import { type PaletteHit, useShell } from './shell-context.tsx'

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

function PaletteList({ onDone }: { onDone: () => void }) {
  const { rows, brands, writable, openNewPost, openKeys, findPieces } = useShell()
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const query = useDeferredValue(typed.trim())
  const pieces = useQuery({
    queryKey: ['palette', query],
    queryFn: () => findPieces?.(query) ?? [],
    enabled: findPieces !== undefined && query.length > 1,
    placeholderData: keepPreviousData,
  })
  const hits = query.length > 1 ? (pieces.data ?? []) : []

  function run(act: () => void) {
    onDone()
    act()
  }
  const go = (href: string) => () => run(() => router.push(href))

  return (
    <Command label="Search or jump to" loop className="flex min-h-0 flex-col">
      <div className="flex h-[52px] shrink-0 items-center gap-2.5 border-b-2 border-ink px-3.5">
        <Search aria-hidden className="size-5" />
        <Command.Input
          autoFocus
          value={typed}
          onValueChange={setTyped}
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
        <Command.Empty className="px-3.5 py-4 text-ink-2">
          {pieces.isFetching ? 'Searching the pieces.' : `Nothing here is called “${typed.trim()}”.`}
        </Command.Empty>
        {hits.length > 0 && (
          <Command.Group heading="Pieces" forceMount>
            {hits.map((hit) => (
              <PieceItem key={hit.id} hit={hit} query={query} onSelect={go(hit.href)} />
            ))}
          </Command.Group>
        )}
        <Command.Group heading="Go to, or make">
          {writable.length > 0 && (
            <Item
              value="new-post"
              keywords={['New post', 'Write']}
              icon={<Plus aria-hidden />}
              onSelect={() => run(openNewPost)}
              end={<Kbd>N</Kbd>}
            >
              New post
            </Item>
          )}
          {rows.map(({ area, href, label }) => (
            <Item
              key={area.name}
              value={`area-${area.name}`}
              keywords={[label]}
              icon={<area.icon aria-hidden />}
              onSelect={go(href)}
            >
              {label}
            </Item>
          ))}
          <Item
            value="keys"
            keywords={['Keys', 'Shortcuts']}
            icon={<Keyboard aria-hidden />}
            onSelect={() => run(openKeys)}
            end={<Kbd>?</Kbd>}
          >
            Keys
          </Item>
        </Command.Group>
        <Command.Group heading="Brands">
          {brands.map((brand) => (
            <Item
              key={brand.id}
              value={`brand-${brand.id}`}
              keywords={[brand.name, brand.code]}
              icon={<BrandMark code={brand.code} colour={brand.primaryColor} />}
              onSelect={go(brandPath(brand.slug))}
            >
              {brand.name}
            </Item>
          ))}
        </Command.Group>
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

type ItemProps = {
  value: string
  keywords: string[]
  icon: ReactNode
  children: ReactNode
  end?: ReactNode
  forceMount?: boolean
  onSelect: () => void
}

function Item({ icon, children, end, ...item }: ItemProps) {
  return (
    <Command.Item
      {...item}
      className={clsx(
        'grid min-h-[42px] cursor-default grid-cols-[27px_minmax(0,1fr)_auto] items-center gap-[11px] px-3.5 max-md:min-h-12',
        'data-[selected=true]:bg-pencil-wash data-[selected=true]:shadow-[inset_3px_0_0_var(--pencil)]',
      )}
    >
      <span className="grid size-[27px] place-items-center text-ink-2">{icon}</span>
      <span className="truncate">{children}</span>
      <span className="flex items-center gap-2.5 text-xs text-ink-3">{end}</span>
    </Command.Item>
  )
}

function PieceItem({ hit, query, onSelect }: { hit: PaletteHit; query: string; onSelect: () => void }) {
  return (
    <Item
      value={`piece-${hit.id}`}
      keywords={[hit.title, hit.slug]}
      forceMount
      onSelect={onSelect}
      icon={<Thumb src={hit.thumbUrl} className="size-[27px]" />}
      end={
        <>
          <span className="slug max-md:hidden">{hit.slug}</span>
          {isPostStatus(hit.status) && <Status status={hit.status} />}
          <span className="agate max-md:hidden">{hit.when}</span>
        </>
      }
    >
      <Marked text={hit.title} query={query} />
    </Item>
  )
}

/** The found letters, underlined in blue pencil. */
function Marked({ text, query }: { text: string; query: string }) {
  const at = text.toLocaleLowerCase().indexOf(query.toLocaleLowerCase())
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-transparent font-bold text-inherit underline decoration-pencil-mark decoration-2 underline-offset-3">
        {text.slice(at, at + query.length)}
      </mark>
      {text.slice(at + query.length)}
    </>
  )
}
