import { z } from 'zod'
import type { Memo, PostMedia, PublishWork } from '../contract.ts'
import { platformId } from '../json.ts'
import { createGraphClient, type GraphClient, shaped, type Tools } from './client.ts'
import { readVideo } from './facebook-status.ts'
import { GRAPH_VERSION, graphUrl } from './graph.ts'
import { settleMs } from './limits.ts'
import { facebookMessage } from './message.ts'
import { blocked, mutation, type Prepared } from './step.ts'
import { BEGUN, knownOffset, ruploadHeaders, ruploadUrl, UPLOAD, unplaced, uploadStep } from './upload.ts'
import { gapMs, readFailed, waitFor } from './waiting.ts'

const START = 'start_upload'
export const PUBLISH = 'publish'
/** Facebook has taken it: whatever comes now, it may be public at any moment. */
export const AWAIT = 'await_video'

/**
 * The bytes go up first; the call that names them makes the post. It answers before the video is processed, so
 * that the video is then asked until it is out.
 * POST /{app}/uploads, POST /upload:…, POST /{page}/videos; platforms/meta.md 3.4.
 */
export async function prepareFacebookVideo(work: PublishWork, tools: Tools): Promise<Prepared> {
  const client = createGraphClient(work.token, tools)
  const { memo } = work
  const media = videoOf(work)
  if (memo.video_id) return awaitVideo(work, memo.video_id, client)
  if (memo.handle) return publishVideo(work, memo.handle, client)
  const known = knownOffset(memo)
  if (memo.upload && known !== null) {
    return uploadStep(work, sessionPart(memo, memo.upload, media, known), client)
  }
  if (memo.upload) {
    const shape = z.object({ file_offset: z.coerce.number() })
    const read = shaped(await client.read(memo.upload, {}), shape)
    if (
      read.kind === 'error' &&
      read.error.class !== 'invalid' &&
      read.error.code !== 'meta_object_missing'
    ) {
      return readFailed(read.error)
    }
    // All there and no handle: its answer was lost, and nothing gives it a second time.
    if (read.kind === 'ok' && read.value.file_offset < media.sizeBytes) {
      return uploadStep(work, sessionPart(memo, memo.upload, media, read.value.file_offset), client)
    }
  }
  return startSession(work, media, tools, client)
}

function sessionPart(memo: Memo, upload: string, media: PostMedia, offset: number) {
  return {
    media,
    url: graphUrl(upload),
    offset,
    headers: (from: number) => ({ file_offset: String(from) }),
    whole: (handle: string | undefined) =>
      handle ? { step: PUBLISH, memo: { handle } } : { step: UPLOAD, memo: unplaced(memo) },
  }
}

function startSession(work: PublishWork, media: PostMedia, { app }: Tools, client: GraphClient): Prepared {
  const form = {
    file_name: `video.${media.mimeType === 'video/quicktime' ? 'mov' : 'mp4'}`,
    file_length: String(media.sizeBytes),
    file_type: media.mimeType,
  }
  return mutation(work, {
    step: START,
    effect: 'staging',
    sends: [form, media.hash],
    settleMs: 0,
    call: (timeoutMs) => client.write(`${app.id}/uploads`, form, timeoutMs),
    answer: z.object({ id: z.string().startsWith('upload:') }),
    outcome: ({ id }) => ({ kind: 'continue', step: UPLOAD, memo: { ...BEGUN, upload: id } }),
  })
}

function publishVideo(work: PublishWork, handle: string, client: GraphClient): Prepared {
  const { post } = work
  const form = { fbuploader_video_file_chunk: handle, description: facebookMessage(post), published: 'true' }
  return mutation(work, {
    step: PUBLISH,
    effect: 'publishing',
    sends: [form],
    settleMs: settleMs('facebook', 'video'),
    call: (timeoutMs) => client.write(`${post.accountId}/videos`, form, timeoutMs),
    answer: z.object({ id: platformId }),
    outcome: ({ id }) => ({
      kind: 'wait',
      step: AWAIT,
      memo: { video_id: id, awaited: 'yes' },
      afterMs: gapMs('video', 0),
    }),
  })
}

/** POST /{page}/video_reels, rupload, POST /{page}/video_reels; platforms/meta.md 3.5. */
export async function prepareFacebookReel(work: PublishWork, tools: Tools): Promise<Prepared> {
  const client = createGraphClient(work.token, tools)
  const { memo } = work
  const id = memo.video_id
  if (!id) return startReel(work, client)
  if (memo.awaited) return awaitVideo(work, id, client)

  const media = videoOf(work)
  const known = knownOffset(memo)
  if (known !== null) return uploadStep(work, reelPart(memo, id, media, known), client)
  const read = await readVideo(id, client)
  if (read.kind === 'error') {
    return read.error.code === 'meta_object_missing' ? startReel(work, client) : readFailed(read.error)
  }
  const { kind, isWhole, receivedBytes } = read.value
  // Finished by a send whose answer was lost.
  if (kind === 'out') return awaitVideo(work, id, client)
  if (kind === 'failed') return failed(read.value.reason)
  if (isWhole || receivedBytes >= media.sizeBytes) return finishReel(work, id, client)
  return uploadStep(work, reelPart(memo, id, media, receivedBytes), client)
}

function reelPart(memo: Memo, id: string, media: PostMedia, offset: number) {
  return {
    media,
    url: ruploadUrl(`video-upload/${GRAPH_VERSION}/${id}`),
    offset,
    headers: ruploadHeaders,
    whole: () => ({ step: PUBLISH, memo: unplaced(memo) }),
  }
}

function startReel(work: PublishWork, client: GraphClient): Prepared {
  const form = { upload_phase: 'start' }
  return mutation(work, {
    step: START,
    effect: 'staging',
    sends: [form],
    settleMs: 0,
    call: (timeoutMs) => client.write(`${work.post.accountId}/video_reels`, form, timeoutMs),
    answer: z.object({ video_id: platformId }),
    outcome: ({ video_id }) => ({ kind: 'continue', step: UPLOAD, memo: { ...BEGUN, video_id } }),
  })
}

function finishReel(work: PublishWork, id: string, client: GraphClient): Prepared {
  const { post } = work
  const form = {
    upload_phase: 'finish',
    video_id: id,
    video_state: 'PUBLISHED',
    description: facebookMessage(post),
  }
  return mutation(work, {
    step: PUBLISH,
    effect: 'publishing',
    sends: [form],
    settleMs: settleMs('facebook', 'reel'),
    call: (timeoutMs) => client.write(`${post.accountId}/video_reels`, form, timeoutMs),
    answer: z.object({ success: z.literal(true) }),
    outcome: () => ({
      kind: 'wait',
      step: AWAIT,
      memo: { video_id: id, awaited: 'yes' },
      afterMs: gapMs('video', 0),
    }),
  })
}

/** It is theirs now: whatever cannot be read leaves it unknown, and never sends it again. */
async function awaitVideo(work: PublishWork, id: string, client: GraphClient): Promise<Prepared> {
  const read = await readVideo(id, client)
  if (read.kind === 'error') {
    const { class: errorClass, code, message } = read.error
    if (errorClass === 'auth' || errorClass === 'permission') {
      return blocked({ kind: 'unknown', code, message, settleMs: 0 })
    }
    return waitFor('video', AWAIT, work.memo)
  }
  const { kind, platformPostId, permalink, reason } = read.value
  if (kind === 'out') return blocked({ kind: 'published', platformPostId, permalink })
  return kind === 'failed' ? failed(reason) : waitFor('video', AWAIT, work.memo)
}

function failed(message: string): Prepared {
  return blocked({ kind: 'refused', class: 'invalid', code: 'meta_video_refused', message })
}

function videoOf({ post }: PublishWork): PostMedia {
  const [media] = post.media
  if (!media) throw new Error(`A ${post.format} without a video reached its connector.`)
  return media
}
