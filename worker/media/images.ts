import { createHash } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import type { PhotoBytes, PhotoLimit } from '#lib/platforms/contract.ts'
import type { Inspection } from './inspection.ts'

export const MAX_IMAGE_BYTES = 30 * 1024 * 1024
/** A 758 KiB PNG can hold 256 MP and eat 750 MB; refused by its header (reliability.md h). */
const MAX_PIXELS = 50_000_000

const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']

/** Reads a file to its last byte: neither its name nor its declared type is believed. */
export async function inspectImage(bytes: Uint8Array, claimedType: string): Promise<Inspection> {
  if (bytes.length === 0) return { ok: false, code: 'media_empty', facts: {} }
  if (bytes.length > MAX_IMAGE_BYTES) {
    const facts = { size_bytes: bytes.length, limit_bytes: MAX_IMAGE_BYTES }
    return { ok: false, code: 'media_too_large', facts }
  }

  const found = (await fileTypeFromBuffer(bytes))?.mime
  if (!found) return { ok: false, code: 'media_type_unknown', facts: { claimed: claimedType } }
  if (!TYPES.includes(found)) return { ok: false, code: 'media_type_not_allowed', facts: { found } }
  if (found !== claimedType) {
    return { ok: false, code: 'media_type_mismatch', facts: { claimed: claimedType, found } }
  }

  try {
    const { width, height, pages, hasAlpha, autoOrient } = await sharp(bytes, {
      limitInputPixels: false,
    }).metadata()
    if (width * height > MAX_PIXELS) {
      const facts = { width, height, limit_pixels: MAX_PIXELS }
      return { ok: false, code: 'media_too_many_pixels', facts }
    }
    // The header alone says nothing of the rest: decode it all, at the smallest size that costs least.
    await sharp(bytes, { ...DECODE, failOn: 'error' })
      .resize(64, 64, { fit: 'inside' })
      .raw()
      .toBuffer()
    return {
      ok: true,
      mime_type: found,
      size_bytes: bytes.length,
      hash: sha256(bytes),
      width: autoOrient.width,
      height: autoOrient.height,
      metadata: { frames: pages ?? 1, has_alpha: hasAlpha },
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, code: 'media_unreadable', facts: { reason: reason.slice(0, 200) } }
  }
}

const DECODE = { limitInputPixels: MAX_PIXELS, sequentialRead: true } as const

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

const QUALITIES = [88, 80, 70, 60]

/**
 * The original where it fits; else the same picture in a form that does (type, size, edge): a technical
 * rendition, which keeps the approval.
 */
export async function renditionFor(original: PhotoBytes, limit: PhotoLimit): Promise<PhotoBytes> {
  const { bytes, mimeType } = original
  if (limit.mimeTypes.includes(mimeType) && bytes.length <= limit.maxBytes) return original
  for (const quality of QUALITIES) {
    const jpeg = await sharp(bytes, DECODE)
      .autoOrient()
      .resize(limit.maxEdgePx, limit.maxEdgePx, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality, mozjpeg: true })
      .toBuffer()
    if (jpeg.length <= limit.maxBytes) return { bytes: new Uint8Array(jpeg), mimeType: 'image/jpeg' }
  }
  throw new Error(`No rendition of the picture fits into ${limit.maxBytes} bytes.`)
}

const POSTER_EDGE_PX = 1_280

/** The still that a browser took of a video, redrawn so that it is nothing but a picture; null: it is none. */
export async function posterFrom(bytes: Uint8Array) {
  try {
    const { data, info } = await sharp(bytes, DECODE)
      .resize(POSTER_EDGE_PX, POSTER_EDGE_PX, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 80, mozjpeg: true })
      .toBuffer({ resolveWithObject: true })
    return { bytes: new Uint8Array(data), width: info.width, height: info.height }
  } catch {
    return null
  }
}

/** A small square for a mail: it shows which post is meant, the portal shows the post. */
export async function mailThumbnail(bytes: Uint8Array, edgePx: number): Promise<Buffer> {
  return sharp(bytes, DECODE)
    .autoOrient()
    .resize(edgePx, edgePx, { fit: 'cover', position: 'attention' })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 82 })
    .toBuffer()
}
