'use client'

import { useState } from 'react'
import { ChangesBody, type PictureFaces } from '#components/content/changes-dialog.tsx'
import { writtenNow } from '#components/content/written.ts'
import { useBrowserDb } from '#components/session/browser-config.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Note } from '#components/ui/note.tsx'
import { toast } from '#components/ui/toast.ts'
import { changesBetween } from '#lib/content/changes.ts'
import { readTheirs } from '#lib/content/theirs.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'
import { formatInstant } from '#lib/time/format.ts'
import { useComposer } from './composer-context.tsx'

type UnsavedNotesProps = {
  /** What saving would take away, where it would. */
  warning: { title: string; words: string; confirm: string }
  faces: PictureFaces
}

/** Why what stands here is not in the database yet, and the way on. Nothing typed is lost in any of them. */
export function UnsavedNotes({ warning, faces }: UnsavedNotesProps) {
  const { writing, store, brand } = useComposer()
  const { save, kept } = writing
  if (save.kind === 'held') {
    return (
      <Note
        tone="warn"
        role="status"
        className="mb-3.5"
        title={warning.title}
        actions={
          <>
            <Button size="sm" onClick={() => kept && store.edit(kept)}>
              Drop my changes
            </Button>
            <Button size="sm" look="act" onClick={() => void store.saveNow()}>
              {warning.confirm}
            </Button>
          </>
        }
      >
        <p>{warning.words}</p>
      </Note>
    )
  }
  if (save.kind === 'offline') {
    return (
      <p role="status" className="mb-3.5 rounded-2 bg-ink px-3 py-2 text-paper">
        <b className="font-bold">No line since {formatInstant(save.since, brand.timeZone, 'time')}.</b> What
        you type is kept on this device and sent when the line is back.
      </p>
    )
  }
  if (save.kind === 'stale') return <Conflict sentence={save.refusal.sentence} faces={faces} />
  if (save.kind === 'refused') {
    return (
      <Note
        tone="stop"
        role="alert"
        className="mb-3.5"
        title="Not saved"
        actions={
          <Button size="sm" onClick={() => void store.saveNow()}>
            Save again
          </Button>
        }
      >
        <p>{save.refusal.sentence}</p>
        {save.refusal.errorId && (
          <p className="text-ink-2">
            If it stays, tell whoever runs the desk: <span className="font-mono">{save.refusal.errorId}</span>
          </p>
        )}
      </Note>
    )
  }
  return null
}

/** Two people wrote at once: both texts are there, and one of the two goes on. */
function Conflict({ sentence, faces }: { sentence: string; faces: PictureFaces }) {
  const { writing, store, accounts } = useComposer()
  const db = useBrowserDb()
  const [theirs, setTheirs] = useState<Awaited<ReturnType<typeof readTheirs>> | null>(null)
  const [busy, setBusy] = useState(false)

  async function see() {
    if (!writing.post) return
    setBusy(true)
    try {
      setTheirs(await readTheirs(db, writing.post.id))
    } catch (error) {
      toast.refused((refusalFrom(error) ?? refusal('unexpected')).sentence)
    }
    setBusy(false)
  }

  function keepMine() {
    setTheirs(null)
    void store.keepMine()
  }

  return (
    <Note
      tone="stop"
      role="alert"
      className="mb-3.5"
      title="Not saved: someone else wrote here meanwhile"
      actions={
        <>
          <Button size="sm" busy={busy} onClick={() => void see()}>
            See theirs
          </Button>
          <Button size="sm" onClick={keepMine}>
            Keep mine
          </Button>
        </>
      }
    >
      <p>{sentence}</p>
      <Dialog
        wide
        open={theirs !== null}
        onOpenChange={(open) => !open && setTheirs(null)}
        title="From their text to yours"
        footer={
          <>
            <Button
              onClick={() => {
                if (theirs) store.take(theirs.post, theirs.draft)
                setTheirs(null)
              }}
            >
              Take theirs
            </Button>
            <Button look="act" onClick={keepMine}>
              Keep mine
            </Button>
          </>
        }
      >
        {theirs && (
          <ChangesBody
            changes={changesBetween(writtenNow(theirs.draft, accounts), writtenNow(writing.draft, accounts))}
            faces={faces}
          />
        )}
      </Dialog>
    </Note>
  )
}
