import { GraphError, invalidParameter } from '../errors.ts'
import { fetchFile } from '../fetching.ts'
import { readMp4 } from '../mp4.ts'
import { beginVideo, wrongOffset } from '../rupload.ts'
import { isWhole } from '../uploads.ts'
import type { Video } from '../videos.ts'
import type { Page } from '../world.ts'
import type { GraphCall } from './call.ts'
import { pageFilm } from './films.ts'
import { mustPublish, notHere, readMessage, refuseWhatIsMissing } from './publish.ts'

const PIECE_BYTES = 1024 * 1024

/** POST /{page}/videos: an id at once, the post when the work is done. */
export async function addVideo(call: GraphCall, page: Page) {
  mustPublish(call, page)
  const { meta, params } = call
  refuseWhatIsMissing(params)
  if (!params.flag('published', true)) throw notHere('published=false on /videos')
  switch (params.text('upload_phase')) {
    case undefined:
      return addWholeVideo(call, page)
    case 'start': {
      const upload = meta.uploads.start(Number(params.required('file_size')))
      const { id } = meta.videos.announce({ pageId: page.id, surface: 'feed', uploadId: upload.id })
      return { upload_session_id: upload.id, video_id: id, ...nextPiece(0, upload.size ?? 0) }
    }
    case 'transfer':
      return takePiece(call, page)
    case 'finish': {
      const { video, upload } = sessionOf(call, page)
      if (!isWhole(upload)) throw wrongOffset(upload.received)
      want(call, video)
      return { success: true }
    }
    default:
      throw invalidParameter('Param upload_phase must be one of start, transfer, finish')
  }
}

async function addWholeVideo(call: GraphCall, page: Page) {
  const bytes = await wholeVideo(call)
  if (!readMp4(bytes))
    throw new GraphError('(#352) Sorry, the video file you selected is in a format that we don’t support.', {
      code: 352,
      subcode: 1363024,
    })
  const { meta } = call
  const { file, start } = pageFilm(call, bytes, 'feed')
  const video = meta.videos.announce({ pageId: page.id, surface: 'feed', uploadId: null })
  meta.videos.begin(video.id, file, start)
  want(call, video)
  return { id: video.id }
}

async function wholeVideo({ meta, params }: GraphCall): Promise<Uint8Array> {
  const source = params.file('source')
  if (source) return source
  const handle = params.text('fbuploader_video_file_chunk')
  if (handle !== undefined) {
    const upload = handle.startsWith('h:') ? meta.uploads.find(handle.slice(2)) : null
    if (!upload || !isWhole(upload))
      throw invalidParameter('The upload handle is not valid', { subcode: 1363041 })
    return meta.uploads.bytesOf(upload.id)
  }
  const address = params.text('file_url')
  if (!address) throw new GraphError('(#324) Requires upload file', { code: 324 })
  const fetched = await fetchFile(address)
  if (fetched.kind === 'failed')
    throw invalidParameter('The video could not be fetched from file_url', { subcode: 1363030 })
  return fetched.bytes
}

function takePiece(call: GraphCall, page: Page) {
  const { meta, params, conditions } = call
  const { video, upload } = sessionOf(call, page)
  const piece = params.file('video_file_chunk')
  if (!piece) throw invalidParameter('The parameter video_file_chunk is required')
  const kept = meta.uploads.append(upload.id, Number(params.required('start_offset')), piece, null)
  if (!kept) throw wrongOffset(upload.received)
  if (isWhole(kept)) beginVideo(meta, video, kept, conditions)
  return nextPiece(kept.received, kept.size ?? 0)
}

function nextPiece(start: number, size: number) {
  return { start_offset: String(start), end_offset: String(Math.min(start + PIECE_BYTES, size)) }
}

function sessionOf({ meta, params }: GraphCall, page: Page) {
  const upload = meta.uploads.find(params.required('upload_session_id'))
  const video = upload && meta.videos.ofUpload(upload.id)
  if (!video || video.page_id !== page.id)
    throw new GraphError('The upload session is not valid.', { code: 6000, subcode: 1363041 })
  return { video, upload }
}

/** The words come with the wish to publish. */
export function want({ meta, params }: GraphCall, video: Video): void {
  if (video.wanted_at === null) meta.tally.note(video.page_id, 'published')
  meta.videos.want(video.id, {
    title: params.text('title') ?? '',
    message: readMessage(params, ['description']),
  })
}
