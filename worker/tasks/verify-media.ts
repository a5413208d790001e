import { randomUUID } from 'node:crypto'
import { inspectImage, MAX_IMAGE_BYTES, posterFrom } from '../media/images.ts'
import type { Refused } from '../media/inspection.ts'
import type { OpenedFile } from '../media/storage.ts'
import { inspectVideo, MAX_VIDEO_BYTES } from '../media/videos.ts'
import type { Ports } from '../ports.ts'
import type { Variant, Verification, WaitingMedia } from '../records/media.ts'

/**
 * Reads an uploaded file and says whether it is the picture or film it claims to be. Only then can a post use
 * it: from a copy of the very bytes that were read, since who uploaded may hold an address that overwrites the
 * upload.
 *
 * Killed between two steps it leaves a file too many at most, which goes with the asset.
 */
export async function verifyMedia(assetId: string, ports: Ports): Promise<void> {
  const { records, storage, log } = ports
  const media = await records.media.toVerify(assetId)
  if (!media) return

  const found = media.claimedType.startsWith('video/')
    ? await copyAndRead(media, ports)
    : await readAndCopy(media, ports)
  const verdict = await records.media.recordVerification(assetId, found)
  log.info({ asset: assetId, verdict, ...(found.ok ? {} : { code: found.code }) }, 'media read')

  try {
    if (verdict === 'active') await removeUploads(media, ports)
    // The row is not marked as purged: the purge comes by once more, for what is uploaded meanwhile.
    else if (verdict === 'rejected') await storage.clear(media.folder)
    // Someone else has read it: their copy is the file, ours is one too many.
    else if (found.ok) await storage.remove(found.path)
  } catch (error) {
    log.warn({ err: error, asset: assetId }, 'bytes that nobody needs stay for now')
  }
}

async function readAndCopy(media: WaitingMedia, { storage }: Ports): Promise<Verification> {
  const opened = await storage.open(media.path)
  if (!opened) return missing
  if (opened.sizeBytes > MAX_IMAGE_BYTES) {
    await opened.cancel()
    return tooLarge('image', opened.sizeBytes, MAX_IMAGE_BYTES)
  }
  const bytes = await whole(opened)
  const inspection = await inspectImage(bytes, media.claimedType)
  if (!inspection.ok) return inspection
  const path = freshPath(media, inspection.mime_type.replace('image/', ''))
  await storage.upload(path, bytes, inspection.mime_type)
  return { ...inspection, path }
}

/** A film is copied within the store, and the copy read: from then on nobody could have asked to write to it. */
async function copyAndRead(media: WaitingMedia, { storage, files, log }: Ports): Promise<Verification> {
  const path = freshPath(media, media.claimedType === 'video/quicktime' ? 'mov' : 'mp4')
  if (!(await storage.copy(media.path, path))) return missing
  const local = await files.fetch(path, MAX_VIDEO_BYTES)
  if (local === null) return missing
  if (typeof local === 'number') return tooLarge('video', local, MAX_VIDEO_BYTES)
  const inspection = await inspectVideo(local, media.claimedType)
  if (!inspection.ok) return inspection
  try {
    return { ...inspection, path, variants: await posterOf(media, storage) }
  } catch (error) {
    log.warn({ err: error, asset: media.assetId }, 'a video goes without its still')
    return { ...inspection, path }
  }
}

/** The still that the uploader's browser drew, for show alone: nothing here looks into a film's pictures. */
async function posterOf(media: WaitingMedia, storage: Ports['storage']): Promise<Variant[]> {
  const opened = await storage.open(posterPath(media))
  if (!opened) return []
  if (opened.sizeBytes > MAX_POSTER_BYTES) {
    await opened.cancel()
    return []
  }
  const poster = await posterFrom(await whole(opened))
  if (!poster) return []
  const path = freshPath(media, 'jpeg')
  await storage.upload(path, poster.bytes, 'image/jpeg')
  return [{ size: 'poster', width: poster.width, height: poster.height, path }]
}

async function removeUploads(media: WaitingMedia, { storage }: Ports): Promise<void> {
  await storage.remove(media.path)
  if (media.claimedType.startsWith('video/')) await storage.remove(posterPath(media))
}

const MAX_POSTER_BYTES = 2 * 1024 * 1024

/** As private.open_uploads lets it be written. */
function posterPath({ folder }: WaitingMedia): string {
  return `${folder}/poster.jpg`
}

/** A name that nobody could have asked to write to. */
function freshPath({ folder }: WaitingMedia, ending: string): string {
  return `${folder}/${randomUUID()}.${ending}`
}

async function whole({ body }: OpenedFile): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

const missing: Refused = { ok: false, code: 'media_missing', facts: {} }

function tooLarge(kind: 'image' | 'video', sizeBytes: number, limitBytes: number): Refused {
  return {
    ok: false,
    code: 'media_too_large',
    facts: { kind, size_bytes: sizeBytes, limit_bytes: limitBytes },
  }
}
