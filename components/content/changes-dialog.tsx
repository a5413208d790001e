'use client'

import { Diff } from '#components/status/diff.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Thumb } from '#components/ui/picture.tsx'
import { type Changes, changesBetween, isUnchanged, type Written } from '#lib/content/changes.ts'
import type { PostVersion } from '#lib/content/versions.ts'
import { writtenIn } from './written.ts'

/** Addresses of pictures by id, for those that are in the piece or were. */
export type PictureFaces = Readonly<Record<string, string | null>>

type ChangesDialogProps = {
  version: PostVersion | null
  now: Written
  /** "the text as it is", "version 4" */
  nowName: string
  faces: PictureFaces
  onClose: () => void
  onReturn: ((version: PostVersion) => void) | null
}

/** What differs from a version that was sent: struck, underlined, and pictures beside each other. */
export function ChangesDialog({ version, now, nowName, faces, onClose, onReturn }: ChangesDialogProps) {
  const changes = version && changesBetween(writtenIn(version), now)
  return (
    <Dialog
      wide
      open={version !== null}
      onOpenChange={(open) => !open && onClose()}
      title={version ? `From version ${version.version} to ${nowName}` : ''}
      footer={
        <>
          {version && onReturn && changes && !isUnchanged(changes) && (
            <Button
              className="md:mr-auto"
              onClick={() => {
                onReturn(version)
                onClose()
              }}
            >
              Return to version {version.version}
            </Button>
          )}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {changes && <ChangesBody changes={changes} faces={faces} />}
    </Dialog>
  )
}

export function ChangesBody({ changes, faces }: { changes: Changes; faces: PictureFaces }) {
  const { texts, accountsAdded, accountsDropped, picturesAdded, picturesDropped, reordered } = changes
  if (isUnchanged(changes)) return <p className="text-ink-2">Nothing differs.</p>
  return (
    <div className="grid max-h-[60dvh] gap-3 overflow-y-auto">
      {texts.map(({ name, before, after }) => (
        <section key={name}>
          <h3 className="text-xs text-ink-3">{name}</h3>
          <Diff before={before} after={after} className="text-md" />
        </section>
      ))}
      {accountsAdded.length > 0 && <p>Also goes to {accountsAdded.join(', ')}.</p>}
      {accountsDropped.length > 0 && <p>No longer goes to {accountsDropped.join(', ')}.</p>}
      {picturesDropped.length + picturesAdded.length > 0 && (
        <div className="flex flex-wrap gap-6">
          <Pictures title="Taken out" ids={picturesDropped} faces={faces} />
          <Pictures title="Added" ids={picturesAdded} faces={faces} />
        </div>
      )}
      {reordered && <p>The pictures stand in another order.</p>}
    </div>
  )
}

function Pictures({ title, ids, faces }: { title: string; ids: readonly string[]; faces: PictureFaces }) {
  if (ids.length === 0) return null
  return (
    <section>
      <h3 className="mb-1 text-xs text-ink-3">
        {title === 'Added' ? <ins>{title}</ins> : <del>{title}</del>}
      </h3>
      <div className="flex gap-2">
        {ids.map((id) => (
          <Thumb key={id} src={faces[id]} className="size-24" />
        ))}
      </div>
    </section>
  )
}
