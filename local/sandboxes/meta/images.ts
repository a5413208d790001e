import sharp from 'sharp'
import { unreadablePhoto } from './errors.ts'
import { LIMITS } from './facts.ts'
import { fetchFile } from './fetching.ts'

export interface ReadImage {
  bytes: Uint8Array
  mime: string
  width: number
  height: number
}

const KINDS: readonly { mime: string; starts: readonly number[] }[] = [
  { mime: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
  { mime: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47] },
  { mime: 'image/gif', starts: [0x47, 0x49, 0x46, 0x38] },
  { mime: 'image/bmp', starts: [0x42, 0x4d] },
  { mime: 'image/tiff', starts: [0x49, 0x49, 0x2a, 0x00] },
  { mime: 'image/tiff', starts: [0x4d, 0x4d, 0x00, 0x2a] },
]

/**
 * The bytes decide, whatever name or type came with them.
 * @throws GraphError for what is not a picture of a known kind, or too heavy
 */
export async function readImage(bytes: Uint8Array): Promise<ReadImage> {
  const kind = KINDS.find(({ starts }) => starts.every((byte, index) => bytes[index] === byte))
  if (!kind || bytes.byteLength > LIMITS.photoBytes) throw unreadablePhoto()
  return { bytes, mime: kind.mime, ...(await sizeOf(bytes, kind.mime)) }
}

async function sizeOf(bytes: Uint8Array, mime: string): Promise<{ width: number; height: number }> {
  if (mime === 'image/bmp') {
    if (bytes.byteLength < 26) throw unreadablePhoto()
    const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    // Bitmaps may be stored upside down, with a negative height.
    return { width: header.getInt32(18, true), height: Math.abs(header.getInt32(22, true)) }
  }
  try {
    const { width, height, autoOrient } = await sharp(bytes).metadata()
    return { width: autoOrient.width ?? width, height: autoOrient.height ?? height }
  } catch {
    throw unreadablePhoto()
  }
}

/** What a browser can show: the stored bytes, but for TIFF. */
export async function forBrowser(
  bytes: Uint8Array<ArrayBuffer>,
  mime: string,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; mime: string }> {
  if (mime !== 'image/tiff') return { bytes, mime }
  return { bytes: new Uint8Array(await sharp(bytes).jpeg().toBuffer()), mime: 'image/jpeg' }
}

/** Fetches a picture by its address, as the platform's crawler would. */
export async function fetchImage(address: string): Promise<Uint8Array> {
  const file = await fetchFile(address)
  if (file.kind === 'failed') throw unreadablePhoto()
  return file.bytes
}
