import { GraphError, invalidParameter } from '../errors.ts'
import { RUPLOAD_HOST } from '../facts.ts'
import { isWhole } from '../uploads.ts'
import { storyPage } from '../urls.ts'
import type { Page } from '../world.ts'
import type { GraphCall } from './call.ts'
import { pageFilm } from './films.ts'
import { mustRead } from './pages.ts'
import { mustPublish, notHere, refuseWhatIsMissing } from './publish.ts'
import { want } from './videos.ts'

/** POST /{page}/video_reels and /video_stories: start, bytes to rupload, finish. */
export function addPhasedVideo(call: GraphCall, page: Page, surface: 'reel' | 'story') {
  mustPublish(call, page)
  const { meta, params, version } = call
  refuseWhatIsMissing(params)
  switch (params.required('upload_phase')) {
    case 'start': {
      if (surface === 'reel') mustHaveReelsLeft(call, page)
      const { id } = meta.videos.announce({
        pageId: page.id,
        surface,
        uploadId: meta.uploads.start(null).id,
      })
      return { video_id: id, upload_url: `https://${RUPLOAD_HOST}/video-upload/${version}/${id}` }
    }
    case 'finish':
      return finish(call, page, surface)
    default:
      throw invalidParameter('Param upload_phase must be one of start, finish')
  }
}

/** May be repeated: the same video is published once. */
function finish(call: GraphCall, page: Page, surface: 'reel' | 'story') {
  const { meta, params, conditions } = call
  const video = meta.videos.byId(params.required('video_id'))
  if (!video || video.page_id !== page.id || video.surface !== surface || video.deleted_at !== null)
    throw invalidParameter('Param video_id must be a video that was started here', { subcode: 1363041 })
  const state = params.text('video_state') ?? 'PUBLISHED'
  if (surface === 'reel' && state !== 'PUBLISHED') throw notHere(`video_state=${state}`)
  const upload = video.upload_id === null ? null : meta.uploads.find(video.upload_id)
  if (!upload || !isWhole(upload))
    throw new GraphError('The video was not uploaded whole.', { code: 6000, subcode: 1363033 })
  if (surface === 'reel' && video.wanted_at === null) {
    mustHaveReelsLeft(call, page)
    meta.tally.note(page.id, 'reels')
  }
  if (conditions.processing && video.post_id === null)
    meta.videos.begin(video.id, video.file, pageFilm(call, meta.uploads.bytesOf(upload.id), surface).start)
  want(call, video)
  meta.videos.settle()
  const postId = meta.videos.byId(video.id)?.post_id
  return { success: true, ...(postId && { post_id: postId }) }
}

function mustHaveReelsLeft({ meta }: GraphCall, page: Page): void {
  if (meta.videos.reelsOfDay(page.id) >= meta.ground.settings.values.reels_per_day)
    throw new GraphError('(#613) Calls to this api have exceeded the rate limit.', { code: 613 })
}

/** POST /{page}/photo_stories, of a picture staged before. */
export function addPhotoStory(call: GraphCall, page: Page) {
  mustPublish(call, page)
  const { meta, params } = call
  const photo = meta.posts.photo(params.required('photo_id'))
  if (!photo || photo.page_id !== page.id || meta.posts.isExpired(photo))
    throw invalidParameter('Param photo_id must be a photo of this Page')
  if (photo.post_id !== null || meta.stories.ofPhoto(photo.id))
    throw invalidParameter('Already posted', { subcode: 1366051 })
  const story = meta.stories.publish(page.id, { photoId: photo.id, sha256: photo.sha256 })
  meta.tally.note(page.id, 'published')
  return { success: true, post_id: story.id }
}

/** GET /{page}/stories */
export function listStories(call: GraphCall, page: Page) {
  mustRead(call, page)
  const { meta, conditions } = call
  return {
    data: meta.stories.list(page.id, conditions.listLagMs).map((story) => ({
      post_id: story.id,
      status: 'published',
      creation_time: String(Math.floor(story.created_at / 1000)),
      media_type: story.photo_id === null ? 'video' : 'photo',
      media_id: story.photo_id ?? story.video_id,
      url: storyPage(story),
    })),
  }
}
