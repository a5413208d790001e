'use client'

import { Command } from 'cmdk'
import type { ReactNode } from 'react'
import { isPostStatus } from '#components/status/post-status.ts'
import { Status } from '#components/status/status.tsx'
import { Thumb } from '#components/ui/picture.tsx'
import type { PaletteHit } from './shell-context.tsx'

type PaletteItemProps = {
  value: string
  icon: ReactNode
  children: ReactNode
  end?: ReactNode
  onSelect: () => void
}

export function PaletteItem({ icon, children, end, ...item }: PaletteItemProps) {
  return (
    <Command.Item
      {...item}
      className="grid min-h-[42px] cursor-default grid-cols-[27px_minmax(0,1fr)_auto] items-center gap-[11px] px-3.5 data-[selected=true]:bg-pencil-wash data-[selected=true]:shadow-[inset_3px_0_0_var(--pencil)] max-md:min-h-12"
    >
      <span className="grid size-[27px] place-items-center text-ink-2">{icon}</span>
      <span className="truncate">{children}</span>
      <span className="flex items-center gap-2.5 text-xs text-ink-3">{end}</span>
    </Command.Item>
  )
}

export function PalettePiece({
  hit,
  typed,
  onSelect,
}: {
  hit: PaletteHit
  typed: string
  onSelect: () => void
}) {
  return (
    <PaletteItem
      value={`piece-${hit.id}`}
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
      <Marked text={hit.title} typed={typed} />
    </PaletteItem>
  )
}

/** The found letters, underlined in blue pencil. */
function Marked({ text, typed }: { text: string; typed: string }) {
  const at = text.toLocaleLowerCase().indexOf(typed.toLocaleLowerCase())
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-transparent font-bold text-inherit underline decoration-pencil-mark decoration-2 underline-offset-3">
        {text.slice(at, at + typed.length)}
      </mark>
      {text.slice(at + typed.length)}
    </>
  )
}
