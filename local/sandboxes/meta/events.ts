import type { Comment } from './comments.ts'
import type { Meta } from './graph/call.ts'
import { mediaSourcesOfEvent } from './graph/media-fields.ts'
import type { Post } from './posts.ts'

/** What the app hears of a post of its own: a sign that it is out, whatever became of the answer. */
export function tellOfPost({ webhooks, world, posts, videos }: Meta, post: Post): void {
  const page = world.page(post.page_id)
  const photos = posts.photosOf(post.id)
  const video = videos.ofPost(post.id)
  webhooks.tell('page', {
    pageId: post.page_id,
    entryId: post.page_id,
    field: 'feed',
    value: {
      from: { id: post.page_id, name: page?.name },
      ...(post.message && { message: post.message }),
      post_id: post.id,
      created_time: Math.floor(post.created_at / 1000),
      item: video ? 'video' : photos.length > 0 ? 'photo' : post.link ? 'share' : 'status',
      ...(video && { video_id: video.id }),
      ...(photos[0] && { photo_id: photos[0].id }),
      ...(post.link && { link: post.link }),
      published: 1,
      verb: 'add',
    },
  })
}

export function tellOfComment(meta: Meta, comment: Comment): void {
  const account = meta.world.instagram(comment.account_id)
  if (account) tellOfMediaComment(meta, comment, account.page.id)
  else tellOfPostComment(meta, comment)
}

function tellOfPostComment({ webhooks }: Meta, comment: Comment): void {
  webhooks.tell('page', {
    pageId: comment.account_id,
    entryId: comment.account_id,
    field: 'feed',
    value: {
      from: { id: authorId(comment), name: comment.author },
      message: comment.message,
      post_id: comment.object_id,
      comment_id: comment.id,
      parent_id: comment.object_id,
      created_time: Math.floor(comment.created_at / 1000),
      item: 'comment',
      verb: 'add',
    },
  })
}

function tellOfMediaComment({ webhooks, media }: Meta, comment: Comment, pageId: string): void {
  const below = media.byId(comment.object_id)
  webhooks.tell('instagram', {
    pageId,
    entryId: comment.account_id,
    field: 'comments',
    value: {
      id: comment.id,
      text: comment.message,
      from: { id: authorId(comment), username: comment.author },
      media: { id: comment.object_id, ...(below && mediaSourcesOfEvent(below)) },
    },
  })
}

/** Visitors get an id that follows from their comment. */
export function authorId({ is_own, account_id, id }: Comment): string {
  return is_own ? account_id : `7${id.slice(-12)}`
}
