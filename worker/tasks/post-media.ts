import { createHash, randomUUID } from 'node:crypto'
import {
  type PhotoBytes,
  type PhotoLimit,
  type PostMedia,
  type PublishWork,
  UnreadableMedia,
} from '#lib/platforms/contract.ts'
import { renditionFor, sha256 } from '../media/images.ts'
import type { MediaStorage } from '../media/storage.ts'

/** Long enough for a platform that fetches late, short enough that a leaked address soon leads nowhere. */
const PUBLIC_SECONDS = 3_600
const HASHED_BYTES = 8 * 1024 * 1024

/** The approved media in the forms that connectors ask for; what differs from the approved bytes is refused. */
export function postMedia(storage: MediaStorage): Pick<PublishWork, 'photo' | 'video' | 'publicUrl'> {
  const photo = async (media: PostMedia, limit: PhotoLimit): Promise<PhotoBytes> => {
    const bytes = await reach(() => storage.download(media.path))
    if (!bytes) throw gone(media)
    if (sha256(bytes) !== media.hash) throw changed(media)
    return renditionFor({ bytes, mimeType: media.mimeType }, limit)
  }
  return {
    photo,

    async video(media) {
      const read = (offset: number, length: number) => readRange(storage, media, offset, length)
      const hash = createHash('sha256')
      for (let offset = 0; offset < media.sizeBytes; offset += HASHED_BYTES) {
        hash.update(await read(offset, Math.min(HASHED_BYTES, media.sizeBytes - offset)))
      }
      if (hash.digest('hex') !== media.hash) throw changed(media)
      return { sizeBytes: media.sizeBytes, read }
    },

    async publicUrl(media, limit) {
      if (!limit) return reach(() => storage.signedUrl(media.path, PUBLIC_SECONDS))
      const fitting = await photo(media, limit)
      if (sha256(fitting.bytes) === media.hash) {
        return reach(() => storage.signedUrl(media.path, PUBLIC_SECONDS))
      }
      // Beside the original, so that it goes with the asset; under a name that nobody could have written to.
      const folder = media.path.slice(0, media.path.lastIndexOf('/'))
      const path = `${folder}/${randomUUID()}.jpeg`
      await reach(() => storage.upload(path, fitting.bytes, fitting.mimeType))
      return reach(() => storage.signedUrl(path, PUBLIC_SECONDS))
    },
  }
}

async function readRange(
  storage: MediaStorage,
  media: PostMedia,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await reach(() => storage.read(media.path, offset, length))
  if (!bytes) throw gone(media)
  if (bytes.length !== length) throw changed(media)
  return bytes
}

async function reach<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UnreadableMedia('publish_media_unreachable', reason)
  }
}

function gone({ kind }: PostMedia): UnreadableMedia {
  return new UnreadableMedia('publish_media_gone', `The ${wordFor[kind]} is no longer in storage.`)
}

function changed({ kind }: PostMedia): UnreadableMedia {
  const message = `The ${wordFor[kind]} in storage is not the one that was approved.`
  return new UnreadableMedia('publish_media_changed', message)
}

const wordFor = { image: 'picture', video: 'video' } as const
