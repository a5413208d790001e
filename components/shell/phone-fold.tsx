'use client'

import { Dialog } from '@base-ui/react/dialog'
import { ChevronDown, X } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { SwitcherList } from './brand-switcher.tsx'
import { RailRows } from './rail.tsx'
import { useShell } from './shell-context.tsx'

/** On a phone the whole rail folds behind the brand's name. */
export function PhoneFold() {
  const { current } = useShell()
  const pathname = usePathname()
  const [openAt, setOpenAt] = useState<string | null>(null)
  const [choosing, setChoosing] = useState(false)
  const open = openAt === pathname // going somewhere closes it

  function change(next: boolean) {
    setOpenAt(next ? pathname : null)
    setChoosing(false)
  }

  return (
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Trigger
        render={
          <Button look="bare" className="-ml-2 min-w-0 shrink! font-bold! text-ink! md:hidden">
            <span className="truncate">{current?.name ?? 'All brands'}</span>
            <ChevronDown aria-hidden className="size-3.5" />
          </Button>
        }
      />
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-(--z-dialog) bg-scrim transition-opacity duration-(--dur-2) data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-(--z-dialog) flex w-[min(304px,86vw)] flex-col gap-0.5 overflow-y-auto bg-blotter p-2.5 text-on-blotter-2 outline-none transition-transform duration-(--dur-2) ease-out data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <div className="mb-1.5 flex items-center gap-2">
            <Dialog.Title className="min-w-0 flex-1">
              <button
                type="button"
                aria-expanded={choosing}
                onClick={() => setChoosing(!choosing)}
                className="flex h-11 w-full items-center gap-2 rounded-2 border border-[color-mix(in_oklch,var(--on-blotter)_22%,transparent)] px-3 text-left font-mid text-on-blotter outline-on-blotter!"
              >
                <span className="min-w-0 flex-1 truncate">{current?.name ?? 'All brands'}</span>
                <ChevronDown aria-hidden className="size-3.5" />
              </button>
            </Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="grid size-11 shrink-0 place-items-center rounded-2 text-on-blotter outline-on-blotter!"
            >
              <X aria-hidden />
            </Dialog.Close>
          </div>
          {choosing ? (
            <div className="rounded-2 bg-raised text-ink">
              <SwitcherList onChosen={() => change(false)} />
            </div>
          ) : (
            <RailRows />
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
