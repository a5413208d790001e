import { z } from 'zod'
import { RefusalError } from '#lib/errors.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'
import type { Db } from '#lib/supabase/db.ts'
import { drawStill } from './draw-still.ts'
import { refusalOf, shownName, storedName } from './files.ts'
import { type Asset, findTwin, readAsset } from './library.ts'
import { mediaKind } from './schema.ts'

/** How far a file is; `share` of its bytes from 0 to 1. */
export type UploadStep = { at: 'reading' } | { at: 'sending'; share: number } | { at: 'checking' }

export type UploadEnd = { kind: 'added'; asset: Asset } | { kind: 'twin'; asset: Asset }

/** The row and the place in the store that wait for a file's bytes. */
export type UploadPlace = { id: string; path: string }

type Upload = {
  brandId: string
  file: File
  /** Where an earlier try left off: its place still waits. */
  place: UploadPlace | null
  onPlace: (place: UploadPlace) => void
  /** What a video looks like, where this browser can draw it. */
  onStill: (still: Blob) => void
  site: { supabaseUrl: string; publishableKey: string }
  signal: AbortSignal
  onStep: (step: UploadStep) => void
}

/**
 * Takes one file into a brand's library, as the signed-in person, straight to Storage: row, bytes, check.
 * A file that the library has already is found by its hash before a byte is sent, unless it is a long video.
 * @throws RefusalError with the sentence to show; AbortError where the person stopped it
 */
export async function uploadFile(db: Db, upload: Upload): Promise<UploadEnd> {
  const { brandId, file, site, signal, onStep } = upload
  const refused = refusalOf(file)
  if (refused) throw new RefusalError(refused)

  onStep({ at: 'reading' })
  const hash = await hashOf(file)
  const twin = hash === null ? null : await findTwin(db, { brandId, hash })
  if (twin) return { kind: 'twin', asset: twin }
  signal.throwIfAborted()

  const { id, path } = upload.place ?? (await openPlace(db, upload))
  if (mediaKind(file.type) === 'video') await sendStill(db, path, upload)
  signal.throwIfAborted()
  onStep({ at: 'sending', share: 0 })
  await sendBytes(db, { file, path, site, signal, onShare: (share) => onStep({ at: 'sending', share }) })
  onStep({ at: 'checking' })
  await db.rpc('finish_upload', { asset_id: id }).throwOnError()
  return awaitCheck(db, id, signal)
}

async function openPlace(db: Db, { brandId, file, onPlace }: Upload): Promise<UploadPlace> {
  const id = crypto.randomUUID()
  const path = `${brandId}/${id}/${storedName(file.name)}`
  await db
    .from('media_assets')
    .insert({
      id,
      brand_id: brandId,
      filename: shownName(file.name),
      mime_type: file.type,
      size_bytes: file.size,
      path,
    })
    .throwOnError()
  onPlace({ id, path })
  return { id, path }
}

/** The way a video shows in lists; without one it is as good, and the worker draws it anew in any case. */
async function sendStill(db: Db, videoPath: string, { file, onStill }: Upload): Promise<void> {
  const still = await drawStill(file)
  if (!still) return
  onStill(still)
  const path = `${videoPath.slice(0, videoPath.lastIndexOf('/'))}/poster.jpg`
  await db.storage.from('media').upload(path, still)
}

/** A browser hashes only what it holds in memory. */
const HASHED_BYTES_MAX = 64 * 1024 * 1024

/** SHA-256 as the worker takes it; null where the browser offers none (a page not served securely). */
async function hashOf(file: File): Promise<string | null> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (!subtle || file.size > HASHED_BYTES_MAX) return null
  const bytes = new Uint8Array(await subtle.digest('SHA-256', await file.arrayBuffer()))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

type Sending = Pick<Upload, 'file' | 'site' | 'signal'> & { path: string; onShare: (share: number) => void }

/**
 * XMLHttpRequest, since fetch tells nobody how far an upload is; the file itself, not a form around it, so that
 * neither side holds it in memory.
 */
async function sendBytes(db: Db, { file, path, site, signal, onShare }: Sending): Promise<void> {
  const { data } = await db.auth.getSession()
  if (!data.session) throw new RefusalError(refusal('signed_out'))
  const request = new XMLHttpRequest()
  request.open('POST', `${site.supabaseUrl}/storage/v1/object/media/${path}`)
  request.setRequestHeader('authorization', `Bearer ${data.session.access_token}`)
  request.setRequestHeader('apikey', site.publishableKey)
  request.setRequestHeader('x-upsert', 'false')
  request.setRequestHeader('content-type', file.type)
  request.setRequestHeader('cache-control', 'max-age=3600')
  const stop = () => request.abort()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      request.upload.onprogress = ({ lengthComputable, loaded, total }) =>
        lengthComputable && onShare(loaded / total)
      request.onabort = () => reject(signal.reason)
      request.onerror = () => reject(new RefusalError(refusal('no_connection')))
      request.onload = () => {
        const status = storageStatus(request)
        // Whose answer got lost on an earlier try: the bytes are there, and its place takes no others.
        if (status < 300 || status === 409) resolve()
        else reject(storageRefusal(status, file))
      }
      request.send(file)
    })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

const storageAnswer = z.object({ statusCode: z.coerce.number() })

/** Storage says 400 to most, and in its words what it meant. */
function storageStatus({ status, responseText }: XMLHttpRequest): number {
  if (status !== 400 || !responseText.startsWith('{')) return status
  return storageAnswer.safeParse(JSON.parse(responseText)).data?.statusCode ?? status
}

function storageRefusal(status: number, file: File): RefusalError {
  if (status === 413) {
    const facts = { kind: mediaKind(file.type), size_bytes: file.size }
    return new RefusalError(refusal('media_too_large', facts))
  }
  const known = refusalFrom({ __isStorageError: true, status })
  return new RefusalError(known ?? refusal('unexpected'))
}

const FIRST_LOOK_MS = 400
const CALM_MS = 2_000

/** The worker reads every byte before a picture can be used: a second mostly, longer behind others. */
async function awaitCheck(db: Db, assetId: string, signal: AbortSignal): Promise<UploadEnd> {
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(CALM_MS, pause * 1.4)) {
    await rest(pause, signal)
    const asset = await readAsset(db, assetId).catch(unlessUnreachable)
    if (asset === undefined || asset?.status === 'processing') continue
    if (asset === null) throw new RefusalError(refusal('media_not_found'))
    if (asset.status === 'active') return { kind: 'added', asset }
    const twin = asset.twinId ? await readAsset(db, asset.twinId) : null
    if (twin) return { kind: 'twin', asset: twin }
    throw new RefusalError({ code: 'media_rejected', sentence: asset.rejected ?? '', facts: {} })
  }
}

/** A broken line during the check loses nothing: the bytes are there, and we look again. */
function unlessUnreachable(error: unknown): undefined {
  if (refusalFrom(error)?.code !== 'no_connection') throw error
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
