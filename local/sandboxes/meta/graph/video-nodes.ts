import { type FieldSources, parseFields, pick } from '../fields.ts'
import { graphTime, videoFile, videoPage, videoPoster } from '../urls.ts'
import type { Video } from '../videos.ts'
import type { Page } from '../world.ts'
import type { GraphCall } from './call.ts'
import { mustManage } from './objects.ts'
import { mustRead } from './pages.ts'

export function readVideo(call: GraphCall, video: Video) {
  mustRead(call, { id: video.page_id })
  return pick(
    'Video',
    videoSources(call),
    video,
    parseFields(call.params.text('fields') ?? 'updated_time,id'),
  )
}

/** GET /{page}/videos and /video_reels: published ones, newest first. */
export function listVideos(call: GraphCall, page: Page, surface: 'reel' | null) {
  mustRead(call, page)
  const { meta, params, conditions } = call
  const asked = parseFields(params.text('fields') ?? 'description,updated_time,id')
  const rows = meta.videos.list(page.id, surface).filter((video) => {
    const post = video.post_id === null ? null : meta.posts.byId(video.post_id)
    return post?.deleted_at === null && Date.now() - post.committed_at >= conditions.listLagMs
  })
  const limit = params.count('limit', 25, 100)
  return { data: rows.slice(0, limit).map((video) => pick('Video', videoSources(call), video, asked)) }
}

export function deleteVideo(call: GraphCall, video: Video) {
  mustManage(call, video.page_id, video.id)
  call.meta.videos.delete(video.id)
  if (video.post_id !== null) call.meta.posts.delete(video.post_id)
  return { success: true }
}

function videoSources({ meta, conditions }: GraphCall): FieldSources<Video> {
  const committedAt = (video: Video) =>
    (video.post_id === null ? null : meta.posts.byId(video.post_id)?.committed_at) ?? 0
  return {
    id: (video) => video.id,
    title: (video) => video.title || undefined,
    description: (video) => video.message || undefined,
    created_time: (video) => graphTime(video.created_at),
    updated_time: (video) => graphTime(video.wanted_at ?? video.created_at),
    published: (video) => video.post_id !== null,
    post_id: (video) => video.post_id ?? undefined,
    permalink_url: (video) =>
      Date.now() - committedAt(video) < conditions.permalinkLagMs ? undefined : videoPage(video),
    length: (video) => (video.duration_ms === null ? undefined : video.duration_ms / 1000),
    source: (video) => (video.file === null ? undefined : videoFile(video)),
    picture: (video) => (video.file === null ? undefined : videoPoster(video)),
    from: (video) => ({ name: meta.world.page(video.page_id)?.name, id: video.page_id }),
    status: (video) => statusOf(meta, video),
  }
}

/** Three phases; done is only what is published. */
function statusOf({ videos, uploads }: GraphCall['meta'], video: Video) {
  const upload = video.upload_id === null ? null : uploads.find(video.upload_id)
  const isHere = video.began_at !== null
  const isDone = videos.isProcessed(video)
  const hasFailed = isDone && video.failure_code !== null
  return {
    video_status: hasFailed
      ? 'error'
      : video.post_id !== null
        ? 'ready'
        : isHere
          ? video.wanted_at === null
            ? 'upload_complete'
            : 'processing'
          : 'uploading',
    uploading_phase: {
      status: isHere ? 'complete' : (upload?.received ?? 0) > 0 ? 'in_progress' : 'not_started',
      bytes_transferred: upload?.received ?? video.byte_count ?? 0,
    },
    processing_phase: {
      status: hasFailed ? 'error' : isDone ? 'complete' : isHere ? 'in_progress' : 'not_started',
      ...(hasFailed && { errors: [{ code: video.failure_subcode, message: video.failure_message }] }),
    },
    publishing_phase: {
      status: video.post_id !== null ? 'complete' : 'not_started',
      ...(video.wanted_at !== null && { publish_status: 'published' }),
    },
  }
}
