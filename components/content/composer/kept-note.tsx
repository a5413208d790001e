'use client'

import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/note.tsx'
import { formatInstant } from '#lib/time/format.ts'
import { useKeptDraft } from './kept-draft.ts'
import type { WritingStore } from './writing.ts'

type KeptNoteProps = { store: WritingStore; brand: { id: string; timeZone: string } }

/** Offers what an earlier visit left on this device without its ever being saved. */
export function KeptNote({ store, brand }: KeptNoteProps) {
  const { found, putBack, drop } = useKeptDraft(store, brand.id)
  if (!found) return null
  return (
    <Note
      tone="warn"
      role="status"
      className="mb-3.5"
      title={`On ${formatInstant(found.at, brand.timeZone, 'day-time')} you typed something here that was never saved`}
      actions={
        <>
          <Button size="sm" onClick={drop}>
            Drop it
          </Button>
          <Button size="sm" look="act" onClick={putBack}>
            Put it back
          </Button>
        </>
      }
    >
      <p className="line-clamp-2">{found.draft.body || found.draft.title || 'Accounts and pictures only.'}</p>
    </Note>
  )
}
