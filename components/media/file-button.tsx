'use client'

import { type ComponentProps, useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { mediaTypes } from '#lib/media/schema.ts'

type FileButtonProps = Omit<ComponentProps<typeof Button>, 'onClick'> & {
  onFiles: (files: File[]) => void
  /** Names the file field for readers. */
  label: string
}

/** A button that lets a person choose pictures and videos from their machine. */
export function FileButton({ onFiles, label, ...button }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)

  function take(field: HTMLInputElement) {
    const files = [...(field.files ?? [])]
    field.value = '' // the same file may be chosen again
    if (files.length > 0) onFiles(files)
  }

  // Files chosen before this page was alive wait in the field.
  const early = useRef(take)
  useEffect(() => {
    if (input.current) early.current(input.current)
  }, [])

  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        accept={mediaTypes.join(',')}
        aria-label={label}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => take(event.target)}
      />
      <Button {...button} onClick={() => input.current?.click()} />
    </>
  )
}
