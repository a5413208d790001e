'use client'

import { useEffect, useRef, useState } from 'react'
import { useBrowserDb, useSite } from '#components/session/browser-config.tsx'
import type { Refusal } from '#lib/errors.ts'
import { refusalOf } from '#lib/media/files.ts'
import type { Asset } from '#lib/media/library.ts'
import { type UploadPlace, type UploadStep, uploadFile } from '#lib/media/upload.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'

export type UploadState =
  | { at: 'waiting' }
  | UploadStep
  | { at: 'added'; asset: Asset }
  /** The library has the same file already. */
  | { at: 'twin'; asset: Asset }
  | { at: 'refused'; refusal: Refusal; canRetry: boolean }

export type Upload = {
  key: string
  file: File
  /** The picture itself, or a still of the video, shown while the bytes are on the way. */
  preview: string | null
  state: UploadState
}

/** Two cores and one line: more at a time would only make each slower. */
const AT_ONCE = 2

const isUnderway = ({ state }: Upload) =>
  state.at === 'reading' || state.at === 'sending' || state.at === 'checking'

type Options = {
  brandId: string
  /** A file came into the library, checked and usable. */
  onAdded: (asset: Asset) => void
}

/** Several files on their way into a brand's library: started two at a time, each with its own end. */
export function useUploads({ brandId, onAdded }: Options) {
  const db = useBrowserDb()
  const site = useSite()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  // What runs lives outside of rendering: a stop button per file, and the place its bytes go to.
  const running = useRef(new Map<string, AbortController>())
  const places = useRef(new Map<string, UploadPlace>())
  const current = useRef(uploads)

  function change(next: readonly Upload[]) {
    current.current = next
    setUploads(next)
  }

  function put(key: string, state: UploadState) {
    change(current.current.map((upload) => (upload.key === key ? { ...upload, state } : upload)))
  }

  function show(key: string, preview: string) {
    change(current.current.map((upload) => (upload.key === key ? { ...upload, preview } : upload)))
  }

  function startNext() {
    const free = AT_ONCE - current.current.filter(isUnderway).length
    const waiting = current.current
      .filter((upload) => upload.state.at === 'waiting')
      .slice(0, Math.max(0, free))
    for (const upload of waiting) void run(upload)
  }

  async function run({ key, file }: Upload) {
    const stop = new AbortController()
    running.current.set(key, stop)
    put(key, { at: 'reading' })
    try {
      const end = await uploadFile(db, {
        brandId,
        file,
        site,
        signal: stop.signal,
        place: places.current.get(key) ?? null,
        onPlace: (place) => places.current.set(key, place),
        onStill: (still) => show(key, URL.createObjectURL(still)),
        onStep: (step) => put(key, step),
      })
      put(key, { at: end.kind, asset: end.asset })
      if (end.kind === 'added') onAdded(end.asset)
    } catch (error) {
      if (!stop.signal.aborted) {
        const refused = refusalFrom(error) ?? refusal('unexpected')
        put(key, { at: 'refused', refusal: refused, canRetry: refused.code !== 'media_rejected' })
      }
    } finally {
      running.current.delete(key)
      startNext()
    }
  }

  function add(files: Iterable<File>) {
    const fresh = [...files].map((file): Upload => {
      const refused = refusalOf(file)
      return {
        key: crypto.randomUUID(),
        file,
        preview: file.type.startsWith('image/') && !refused ? URL.createObjectURL(file) : null,
        state: refused ? { at: 'refused', refusal: refused, canRetry: false } : { at: 'waiting' },
      }
    })
    change([...current.current, ...fresh])
    startNext()
  }

  function retry(key: string) {
    put(key, { at: 'waiting' })
    startNext()
  }

  /** Takes a file off the list, and stops it where it is still on its way. */
  function drop(key: string) {
    running.current.get(key)?.abort()
    const dropped = current.current.find((upload) => upload.key === key)
    if (dropped?.preview) URL.revokeObjectURL(dropped.preview)
    change(current.current.filter((upload) => upload.key !== key))
    startNext()
  }

  // Leaving the page stops what is still on its way; what the worker checks goes on without us.
  useEffect(() => {
    const stops = running.current
    return () => {
      for (const stop of stops.values()) stop.abort()
    }
  }, [])

  return { uploads, add, retry, drop, isBusy: uploads.some(isUnderway) }
}
