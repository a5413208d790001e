import { inspectImage } from '../media/images.ts'
import type { Ports } from '../ports.ts'

/** Reads an uploaded file and says whether it is the picture it claims to be. Only then can a post use it. */
export async function verifyMedia(assetId: string, { records, storage, log }: Ports): Promise<void> {
  const media = await records.media.toVerify(assetId)
  if (!media) return
  const bytes = await storage.download(media.path)
  const inspection = bytes
    ? await inspectImage(bytes, media.claimedType)
    : { ok: false as const, code: 'media_missing', facts: {} }
  await records.media.recordVerification(assetId, inspection)
  log.info(
    { asset: assetId, ok: inspection.ok, ...(inspection.ok ? {} : { code: inspection.code }) },
    'media read',
  )
}
