import { randomUUID } from 'node:crypto'
import { inspectImage } from '../media/images.ts'
import type { Ports } from '../ports.ts'
import type { Verification, WaitingMedia } from '../records/media.ts'

/**
 * Reads an uploaded file and says whether it is the picture it claims to be. Only then can a post use it: from
 * a copy of the very bytes that were read, since who uploaded may hold an address that overwrites the upload.
 *
 * Killed between two steps it leaves a file too many at most, which goes with the asset.
 */
export async function verifyMedia(assetId: string, ports: Ports): Promise<void> {
  const { records, storage, log } = ports
  const media = await records.media.toVerify(assetId)
  if (!media) return

  const found = await readAndCopy(media, ports)
  const verdict = await records.media.recordVerification(assetId, found)
  log.info({ asset: assetId, verdict, ...(found.ok ? {} : { code: found.code }) }, 'media read')

  try {
    if (verdict === 'active') await storage.remove(media.path)
    // The row is not marked as purged: the purge comes by once more, for what is uploaded meanwhile.
    else if (verdict === 'rejected') await storage.clear(media.folder)
    // Someone else has read it: their copy is the file, ours is one too many.
    else if (found.ok) await storage.remove(found.path)
  } catch (error) {
    log.warn({ err: error, asset: assetId }, 'bytes that nobody needs stay for now')
  }
}

async function readAndCopy(media: WaitingMedia, { storage }: Ports): Promise<Verification> {
  const bytes = await storage.download(media.path)
  if (!bytes) return { ok: false, code: 'media_missing', facts: {} }
  const inspection = await inspectImage(bytes, media.claimedType)
  if (!inspection.ok) return inspection
  // A name that nobody could have asked to write to.
  const path = `${media.folder}/${randomUUID()}.${inspection.mime_type.replace('image/', '')}`
  await storage.upload(path, bytes, inspection.mime_type)
  return { ...inspection, path }
}
