import type { Meta } from './graph/call.ts'
import { mediaType } from './graph/media-fields.ts'
import type { Media } from './instagram/media.ts'
import { mediaPermalink } from './instagram/urls.ts'
import type { Post } from './posts.ts'
import { graphTime, mediaFile, permalink, photoFile } from './urls.ts'

/** Everything ever committed on either network, deleted ones included, each network oldest first. */
export function everythingPublished(meta: Meta) {
  return [
    ...meta.posts.all().map((post) => ofPage(meta, post)),
    ...meta.media.all().map((media) => ofInstagram(meta, media)),
  ]
}

function ofPage({ world, posts }: Meta, post: Post) {
  const photos = posts.photosOf(post.id)
  return {
    network: 'facebook',
    type: photos.length > 1 ? 'album' : photos.length === 1 ? 'photo' : post.link ? 'link' : 'text',
    id: post.id,
    account_id: post.page_id,
    page_id: post.page_id,
    page_name: world.page(post.page_id)?.name,
    message: post.message,
    link: post.link,
    photos: photos.map((photo) => ({
      id: photo.id,
      mime: photo.mime,
      width: photo.width,
      height: photo.height,
      bytes: photo.byte_count,
      sha256: photo.sha256,
      alt: photo.alt,
      url: photoFile(photo),
    })),
    ...commonOf(post),
    permalink_url: permalink(post),
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
