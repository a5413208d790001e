import { randomUUID } from 'node:crypto'
import {
  type PhotoBytes,
  type PhotoLimit,
  type PostMedia,
  type PublishWork,
  UnreadableMedia,
} from '#lib/platforms/contract.ts'
import { renditionFor, sha256 } from '../media/images.ts'
import type { Ports } from '../ports.ts'

/** Long enough for a platform that fetches late, short enough that a leaked address soon leads nowhere. */
const PUBLIC_SECONDS = 3_600
/** Where renditions lie that this process has made, by the original's hash and what they had to fit. */
const renditions = new Map<string, string>()
const RENDITIONS_KNOWN = 2_000

/** The approved media in the forms that connectors ask for; what differs from the approved bytes is refused. */
export function postMedia({
  storage,
  files,
}: Pick<Ports, 'storage' | 'files'>): Pick<PublishWork, 'photo' | 'video' | 'publicUrl'> {
  const photo = async (media: PostMedia, limit: PhotoLimit): Promise<PhotoBytes> => {
    const bytes = await reach(() => storage.download(media.path))
    if (!bytes) throw gone(media)
    if (sha256(bytes) !== media.hash) throw changed(media)
    return renditionFor({ bytes, mimeType: media.mimeType }, limit)
  }
  return {
    photo,

    async video(media) {
      const file = await reach(() => files.keep(media.path, media))
      if (!file) throw gone(media)
      if (file === 'other') throw changed(media)
      return { sizeBytes: file.sizeBytes, read: (offset, length) => reach(() => file.read(offset, length)) }
    },

    async publicUrl(media, limit) {
      const path = limit ? await fittingPath(media, limit) : media.path
      return reach(() => storage.signedUrl(path, PUBLIC_SECONDS))
    },
  }

  async function fittingPath(media: PostMedia, limit: PhotoLimit): Promise<string> {
    const key = `${media.path} ${media.hash} ${JSON.stringify(limit)}`
    const known = renditions.get(key)
    if (known) return known
    const fitting = await photo(media, limit)
    if (sha256(fitting.bytes) === media.hash) return media.path
    // Beside the original, so that it goes with the asset; under a name that nobody could have written to.
    const folder = media.path.slice(0, media.path.lastIndexOf('/'))
    const path = `${folder}/${randomUUID()}.jpeg`
    await reach(() => storage.upload(path, fitting.bytes, fitting.mimeType))
    if (renditions.size >= RENDITIONS_KNOWN) renditions.clear()
    renditions.set(key, path)
    return path
  }
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
