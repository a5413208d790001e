'use client'

import { clsx } from 'clsx'
import { Upload } from 'lucide-react'
import { type DragEvent, type ReactNode, useEffect, useEffectEvent, useState } from 'react'

type FileDropProps = {
  onFiles: (files: File[]) => void
  /** Files pasted anywhere on the page come here too. */
  takesPaste?: boolean
  /** "Drop to add to the library" */
  invitation: string
  className?: string
  children: ReactNode
}

/** An area that takes files from outside, by drop and by paste, and says so while they hover. */
export function FileDrop({ onFiles, takesPaste = false, invitation, className, children }: FileDropProps) {
  // Entering a child fires before leaving its parent: counted, the hover never flickers.
  const [depth, setDepth] = useState(0)

  const paste = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    onFiles(files)
  })
  useEffect(() => {
    if (!takesPaste) return
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [takesPaste])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a second way for pointers; a button does the same
    <div
      className={clsx('relative', className)}
      onDragEnter={(event) => hasFiles(event) && setDepth((now) => now + 1)}
      onDragLeave={(event) => hasFiles(event) && setDepth((now) => Math.max(0, now - 1))}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setDepth(0)
        onFiles([...event.dataTransfer.files])
      }}
    >
      {children}
      {depth > 0 && (
        <div className="pointer-events-none absolute inset-0 z-(--z-drag) grid place-items-center border-2 border-dashed border-pencil bg-[color-mix(in_oklch,var(--pencil-wash)_85%,transparent)]">
          <p className="flex items-center gap-2 font-bold text-pencil">
            <Upload aria-hidden />
            {invitation}
          </p>
        </div>
      )}
    </div>
  )
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files')
}
