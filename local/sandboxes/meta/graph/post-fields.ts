import { META_SANDBOX_APP } from '../facts.ts'
import type { Photo, Post } from '../posts.ts'
import { graphTime, permalink, photoFile, photoPage, videoFile, videoPage, videoPoster } from '../urls.ts'
import type { Video } from '../videos.ts'
import type { GraphCall } from './call.ts'
import { responseToPost } from './page-insights.ts'

export function postSources({ meta, conditions }: GraphCall) {
  const photosOf = (post: Post) => meta.posts.photosOf(post.id)
  const pageOf = (post: Post) => meta.world.page(post.page_id)
  return {
    id: (post: Post) => post.id,
    message: (post: Post) => post.message || undefined,
    created_time: (post: Post) => graphTime(post.created_at),
    updated_time: (post: Post) => graphTime(post.created_at),
    permalink_url: (post: Post) => {
      if (Date.now() - post.committed_at < conditions.permalinkLagMs) return undefined
      const video = meta.videos.ofPost(post.id)
      return video ? videoPage(video) : permalink(post)
    },
    is_published: () => true,
    is_hidden: () => false,
    status_type: (post: Post) => {
      if (meta.videos.ofPost(post.id)) return 'added_video'
      if (photosOf(post).length > 0) return 'added_photos'
      return post.link ? 'shared_story' : 'mobile_status_update'
    },
    from: (post: Post) => ({ name: pageOf(post)?.name, id: post.page_id }),
    application: () => ({ name: META_SANDBOX_APP.name, id: META_SANDBOX_APP.id }),
    full_picture: (post: Post) => {
      const video = meta.videos.ofPost(post.id)
      return video ? videoPoster(video) : photosOf(post).map(photoFile).at(0)
    },
    reactions: (post: Post) => summary(responseToPost(meta, post).likes),
    comments: (post: Post) => summary(responseToPost(meta, post).comments),
    // Left out at nought, as the platform does.
    shares: (post: Post) => {
      const { shares } = responseToPost(meta, post)
      return shares === 0 ? undefined : { count: shares }
    },
    attachments: (post: Post) => {
      const video = meta.videos.ofPost(post.id)
      return video ? { data: [videoAttachment(video)] } : attachmentsOf(post, photosOf(post))
    },
  }
}

/** Of `.summary(true).limit(0)`, the only form that matters here. */
function summary(total: number) {
  return { data: [], summary: { total_count: total } }
}

function attachmentsOf(post: Post, photos: Photo[]) {
  const [first] = photos
  if (first && photos.length === 1)
    return { data: [{ ...photoAttachment(first), ...(post.message && { description: post.message }) }] }
  if (first)
    return {
      data: [
        {
          ...photoAttachment(first),
          media_type: 'album',
          type: 'album',
          url: permalink(post),
          target: { id: post.number, url: permalink(post) },
          subattachments: { data: photos.map(photoAttachment) },
        },
      ],
    }
  if (post.link)
    return {
      data: [
        {
          media_type: 'link',
          type: 'share',
          title: new URL(post.link).hostname,
          url: post.link,
          target: { url: post.link },
        },
      ],
    }
  return undefined
}

function photoAttachment(photo: Photo) {
  return {
    media_type: 'photo',
    type: 'photo',
    media: { image: { height: photo.height, width: photo.width, src: photoFile(photo) } },
    target: { id: photo.id, url: photoPage(photo) },
    url: photoPage(photo),
  }
}

function videoAttachment(video: Video) {
  return {
    media_type: 'video',
    type: 'video_inline',
    media: {
      image: { height: video.height, width: video.width, src: videoPoster(video) },
      source: videoFile(video),
    },
    target: { id: video.id, url: videoPage(video) },
    ...(video.message && { description: video.message }),
    url: videoPage(video),
  }
}
