import type { Meta } from './graph/call.ts'
import { mediaType } from './graph/media-fields.ts'
import type { Media } from './instagram/media.ts'
import { mediaPermalink } from './instagram/urls.ts'
import type { Photo, Post } from './posts.ts'
import type { Story } from './stories.ts'
import { graphTime, mediaFile, permalink, photoFile, storyPage, videoFile, videoPage } from './urls.ts'
import type { Video } from './videos.ts'

/** Everything ever committed on either network, deleted ones included, each network oldest first. */
export function everythingPublished(meta: Meta) {
  meta.videos.settle()
  return [
    ...meta.posts.all().map((post) => ofPage(meta, post)),
    ...meta.stories.all().map((story) => ofPageStory(meta, story)),
    ...meta.media.all().map((media) => ofInstagram(meta, media)),
  ]
}

function ofPage({ world, posts, videos, comments }: Meta, post: Post) {
  const photos = posts.photosOf(post.id)
  const video = videos.ofPost(post.id)
  return {
    network: 'facebook',
    type: typeOf(post, photos.length, video),
    id: post.id,
    account_id: post.page_id,
    page_id: post.page_id,
    page_name: world.page(post.page_id)?.name,
    message: post.message,
    link: post.link,
    photos: photos.map(showPhoto),
    ...(video && { video: showVideo(video) }),
    comments: comments.on(post.id).map(({ author, message }) => ({ author, message })),
    ...commonOf(post),
    permalink_url: video ? videoPage(video) : permalink(post),
  }
}

function typeOf({ link }: Post, photos: number, video: Video | null): string {
  if (video) return video.surface === 'reel' ? 'reel' : 'video'
  if (photos > 0) return photos > 1 ? 'album' : 'photo'
  return link ? 'link' : 'text'
}

function showPhoto(photo: Photo) {
  const { id, mime, width, height, byte_count, sha256, alt } = photo
  return { id, mime, width, height, bytes: byte_count, sha256, alt, url: photoFile(photo) }
}

function showVideo(video: Video) {
  const { id, file, width, height, duration_ms, byte_count } = video
  return { id, sha256: file, width, height, duration_ms, bytes: byte_count, url: videoFile(video) }
}

function ofPageStory({ world, posts, videos }: Meta, story: Story) {
  const video = story.video_id === null ? null : videos.byId(story.video_id)
  const photo = story.photo_id === null ? null : posts.photo(story.photo_id)
  return {
    network: 'facebook',
    type: 'story',
    id: story.id,
    account_id: story.page_id,
    page_id: story.page_id,
    page_name: world.page(story.page_id)?.name,
    message: '',
    link: null,
    photos: photo ? [showPhoto(photo)] : [],
    ...(video && { video: showVideo(video) }),
    ...commonOf({ ...story, deleted_at: null }),
    permalink_url: storyPage(story),
  }
}

function ofInstagram({ world, media, files, comments }: Meta, published: Media) {
  const account = world.instagram(published.account_id)
  const items = published.kind === 'carousel' ? media.childrenOf(published.id) : [published]
  return {
    network: 'instagram',
    type: published.kind,
    id: published.id,
    account_id: published.account_id,
    page_id: account?.page.id,
    page_name: account?.username,
    message: published.caption,
    link: null,
    photos: [],
    items: items.flatMap((item) => {
      const file = item.file === null ? null : files.find(item.file)
      return file
        ? { id: item.id, media_type: mediaType(item), alt: item.alt, url: mediaFile(item), ...file }
        : []
    }),
    comments: comments.on(published.id).map(({ author, message }) => ({ author, message })),
    ...commonOf(published),
    permalink_url: mediaPermalink(published, account?.username ?? ''),
  }
}

function commonOf(
  post: Pick<Post, 'created_at' | 'committed_at' | 'deleted_at' | 'fingerprint' | 'times_committed'>,
) {
  return {
    created_time: graphTime(post.created_at),
    committed_at: new Date(post.committed_at).toISOString(),
    deleted_at: post.deleted_at === null ? null : new Date(post.deleted_at).toISOString(),
    fingerprint: post.fingerprint,
    times_committed: post.times_committed,
  }
}
