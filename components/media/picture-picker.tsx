'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Check, Search, Upload } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useBrowserDb } from '#components/session/browser-config.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Input } from '#components/ui/input.tsx'
import { Note } from '#components/ui/note.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { type Asset, listLibrary } from '#lib/media/library.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'
import { AssetTile } from './asset-tile.tsx'
import { FileButton } from './file-button.tsx'
import type { useUploads } from './use-uploads.ts'

type PicturePickerProps = {
  brandId: string
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Files that the piece has already. */
  taken: readonly string[]
  onPick: (assets: readonly Asset[]) => void
  /** The composer's own uploads; null for those who may not add files. */
  uploads: ReturnType<typeof useUploads> | null
}

/** The library as a choice: one file or several, or a new file instead. */
export function PicturePicker({ open, onOpenChange, ...rest }: PicturePickerProps) {
  const [chosen, setChosen] = useState<readonly Asset[]>([])

  function change(isOpen: boolean) {
    setChosen([])
    onOpenChange(isOpen)
  }

  return (
    <Dialog
      wide
      open={open}
      onOpenChange={change}
      title="Choose from the library"
      footer={
        <>
          {rest.uploads && (
            <FileButton
              label="Files to add"
              className="md:mr-auto"
              onFiles={(files) => {
                rest.uploads?.add(files)
                change(false)
              }}
            >
              <Upload aria-hidden />
              Upload from this device
            </FileButton>
          )}
          <Button onClick={() => change(false)}>Close</Button>
          <Button
            look="act"
            disabledReason={chosen.length === 0 ? 'Choose a file first.' : null}
            onClick={() => {
              rest.onPick(chosen)
              change(false)
            }}
          >
            {chosen.length > 1 ? `Use ${chosen.length} files` : 'Use it'}
          </Button>
        </>
      }
    >
      <LibraryChoice {...rest} chosen={chosen} onChoose={setChosen} />
    </Dialog>
  )
}

type LibraryChoiceProps = Pick<PicturePickerProps, 'brandId' | 'taken'> & {
  chosen: readonly Asset[]
  onChoose: (assets: readonly Asset[]) => void
}

function LibraryChoice({ brandId, taken, chosen, onChoose }: LibraryChoiceProps) {
  const db = useBrowserDb()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const pages = useInfiniteQuery({
    queryKey: ['library', brandId, q],
    queryFn: ({ pageParam }) => listLibrary(db, { brandId, shelf: 'usable', q, after: pageParam, limit: 24 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  })
  const assets = pages.data?.pages.flatMap((page) => page.rows) ?? []

  return (
    <>
      <div className="relative">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
        />
        <Input
          type="search"
          aria-label="Search names and alt texts"
          placeholder="Name, alt text"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="pl-8"
        />
      </div>
      {pages.error && (
        <Note
          tone="stop"
          role="alert"
          actions={
            <Button size="sm" onClick={() => void pages.refetch()}>
              Try again
            </Button>
          }
        >
          {(refusalFrom(pages.error) ?? refusal('unexpected')).sentence}
        </Note>
      )}
      <div className="max-h-[min(52dvh,460px)] min-h-44 overflow-y-auto">
        <ul className="grid grid-cols-3 gap-2.5 p-1 md:grid-cols-5">
          {pages.isPending &&
            Array.from({ length: 10 }, (_, tile) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the tiles are alike and never move
              <li key={tile}>
                <Skeleton className="aspect-square" />
              </li>
            ))}
          {assets.map((asset) => {
            const isChosen = chosen.some((one) => one.id === asset.id)
            const isTaken = taken.includes(asset.id)
            return (
              <li key={asset.id} className="min-w-0">
                <button
                  type="button"
                  aria-pressed={isChosen}
                  disabled={isTaken}
                  onClick={() =>
                    onChoose(isChosen ? chosen.filter((one) => one.id !== asset.id) : [...chosen, asset])
                  }
                  className={clsx('relative block w-full text-left', isTaken && 'opacity-45')}
                >
                  <AssetTile asset={asset} selected={isChosen} />
                  {isTaken && <span className="sr-only">, in this post already</span>}
                  {isChosen && (
                    <span className="absolute top-1 right-1 grid size-5 place-items-center rounded-1 bg-pencil text-sheet">
                      <Check aria-hidden className="size-3.5" />
                    </span>
                  )}
                </button>
              </li>
            )
          })}
        </ul>
        {pages.isSuccess && assets.length === 0 && (
          <p className="p-2 text-ink-2">
            {q ? `Nothing is called “${q}”.` : 'The library is empty. Upload the first file below.'}
          </p>
        )}
        {pages.hasNextPage && (
          <Button className="m-1" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show older
          </Button>
        )}
      </div>
    </>
  )
}
