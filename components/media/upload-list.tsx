'use client'

import { clsx } from 'clsx'
import { Film as FilmIcon, TriangleAlert, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Picture } from '#components/ui/picture.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { Asset } from '#lib/media/library.ts'
import { weight } from '#lib/media/schema.ts'
import { FileButton } from './file-button.tsx'
import type { Upload } from './use-uploads.ts'

/** Of a long row only its head is drawn: the library below must stay in sight. */
const WAITING_SHOWN = 2

type UploadListProps = {
  uploads: readonly Upload[]
  onFiles: (files: File[]) => void
  onRetry: (key: string) => void
  onDrop: (key: string) => void
  onUse: (asset: Asset) => void
  className?: string
}

/** Files on their way in, and those that need a word. What came in well leaves the list and is only counted. */
export function UploadList({ uploads, onFiles, onRetry, onDrop, onUse, className }: UploadListProps) {
  const open = uploads.filter((upload) => upload.state.at !== 'added')
  const waiting = open.filter((upload) => upload.state.at === 'waiting')
  const unseen = new Set(waiting.slice(WAITING_SHOWN).map((upload) => upload.key))
  const shown = open.filter((upload) => !unseen.has(upload.key))
  const words = progressWords(uploads)
  return (
    <>
      <p role="status" className="sr-only">
        {uploads.length > 0 && words}
      </p>
      {open.length > 0 && (
        <section
          aria-label="Uploads"
          className={clsx('overflow-hidden rounded-3 border border-rule-2 bg-sheet', className)}
        >
          <h2 className="flex min-h-10 flex-wrap items-baseline gap-x-2 px-3 py-2">
            <span className="font-bold">
              {uploads.length === 1 ? 'Adding one file' : `Adding ${uploads.length} files`}
            </span>
            <span className="num font-text text-ink-3">{words}</span>
          </h2>
          <ul>
            {shown.map((upload) => (
              <UploadRow
                key={upload.key}
                upload={upload}
                onFiles={onFiles}
                onRetry={() => onRetry(upload.key)}
                onDrop={() => onDrop(upload.key)}
                onUse={onUse}
              />
            ))}
          </ul>
          {open.length > shown.length && (
            <p className="border-t border-rule px-3 py-2 text-xs text-ink-3">
              {open.length - shown.length} more wait for their turn.
            </p>
          )}
        </section>
      )}
    </>
  )
}

/** "2 in, 1 on its way, 2 wait for you" */
function progressWords(uploads: readonly Upload[]): string {
  const count = (...ats: string[]) => uploads.filter((upload) => ats.includes(upload.state.at)).length
  const waiting = count('refused', 'twin')
  return [
    [count('added'), 'in'],
    [count('reading', 'sending', 'checking'), 'on the way'],
    [count('waiting'), 'to follow'],
    [waiting, waiting === 1 ? 'waits for you' : 'wait for you'],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(', ')
}

type UploadRowProps = {
  upload: Upload
  onFiles: (files: File[]) => void
  onRetry: () => void
  onDrop: () => void
  onUse: (asset: Asset) => void
}

function UploadRow({ upload, onFiles, onRetry, onDrop, onUse }: UploadRowProps) {
  const { file, preview, state } = upload
  return (
    <li
      className={clsx(
        'grid min-h-[46px] grid-cols-[32px_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-t border-rule px-3 py-1.5',
        'md:grid-cols-[32px_minmax(0,1.1fr)_minmax(0,1.25fr)_176px]',
        state.at === 'twin' && 'bg-pencil-wash',
        state.at === 'refused' && 'bg-stop-wash',
      )}
    >
      <Preview
        key={state.at === 'refused' ? 'refused' : 'open'}
        src={state.at === 'refused' ? null : preview}
        isVideo={file.type.startsWith('video/')}
      />
      <p className="min-w-0 leading-4">
        <span className="block truncate font-mid">{file.name}</span>
        <span className="num text-xs text-ink-2">{weight(file.size)}</span>
      </p>
      <div className="min-w-0 text-xs text-ink-2 max-md:col-span-2 max-md:col-start-2 max-md:row-start-2">
        <StateWords upload={upload} />
      </div>
      <div className="flex flex-wrap justify-end gap-1 max-md:col-span-2 max-md:col-start-2 max-md:justify-start">
        <Acts upload={upload} onFiles={onFiles} onRetry={onRetry} onDrop={onDrop} onUse={onUse} />
      </div>
    </li>
  )
}

/** What the browser can draw of the file; a picture that it cannot is none, whatever its name says. */
function Preview({ src, isVideo }: { src: string | null; isVideo: boolean }) {
  const [failed, setFailed] = useState(false)
  if (src && !failed) {
    return <Picture src={src} alt="" className="size-8 rounded-1" onError={() => setFailed(true)} />
  }
  return (
    <span className="grid size-8 place-items-center rounded-1 border border-dashed border-edge text-ink-3">
      {isVideo ? (
        <FilmIcon aria-hidden className="size-3.5" />
      ) : (
        <TriangleAlert aria-hidden className="size-3.5" />
      )}
    </span>
  )
}

function StateWords({ upload: { file, state } }: { upload: Upload }): ReactNode {
  switch (state.at) {
    case 'waiting':
      return 'Waits for its turn.'
    case 'reading':
      return 'Looking whether the library has it already.'
    case 'sending':
      return (
        <>
          <ProgressBar label={`Sending ${file.name}`} share={state.share} />
          <span className="num mt-1 block">
            {weight(file.size * state.share)} of {weight(file.size)}
          </span>
        </>
      )
    case 'checking':
      return (
        <>
          <ProgressBar label={`Checking ${file.name}`} share={null} />
          <span className="mt-1 block">Here. Its bytes are being checked.</span>
        </>
      )
    case 'twin':
      return (
        <>
          The library has this file already, as <b className="font-mid text-ink">{state.asset.filename}</b>
          {state.asset.usageCount > 0 &&
            `, used in ${state.asset.usageCount === 1 ? 'one post' : `${state.asset.usageCount} posts`}`}
          .
        </>
      )
    case 'refused':
      return <span className="text-ink">{state.refusal.sentence}</span>
    case 'added':
      return null
  }
}

function Acts({ upload: { file, state }, onFiles, onRetry, onDrop, onUse }: UploadRowProps): ReactNode {
  if (state.at === 'twin') {
    const { asset } = state
    return (
      <>
        <Button
          size="sm"
          onClick={() => {
            onUse(asset)
            onDrop()
          }}
        >
          Use that one
        </Button>
        <Button size="sm" look="bare" onClick={onDrop}>
          Drop
        </Button>
      </>
    )
  }
  if (state.at === 'refused') {
    return (
      <>
        {state.canRetry ? (
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        ) : (
          <FileButton
            size="sm"
            label={`Another file instead of ${file.name}`}
            onFiles={(files) => {
              onDrop()
              onFiles(files)
            }}
          >
            Choose another
          </FileButton>
        )}
        <Button size="sm" look="bare" onClick={onDrop}>
          Drop
        </Button>
      </>
    )
  }
  return (
    <IconButton size="sm" label={`Stop ${file.name}`} onClick={onDrop}>
      <X aria-hidden />
    </IconButton>
  )
}
