import type { Comment } from '../comments.ts'
import { GraphError, invalidParameter } from '../errors.ts'
import { authorId, tellOfComment } from '../events.ts'
import { parseFields, pick } from '../fields.ts'
import type { Media } from '../instagram/media.ts'
import type { Post } from '../posts.ts'
import { graphTime } from '../urls.ts'
import type { GraphCall } from './call.ts'
import { mustUseInstagram } from './instagram.ts'
import { accountOfMedia } from './media.ts'
import { mustBePage, mustRead } from './pages.ts'

const instagramSources = {
  id: (comment: Comment) => comment.id,
  text: (comment: Comment) => comment.message,
  timestamp: (comment: Comment) => graphTime(comment.created_at),
  username: (comment: Comment) => comment.author,
  from: (comment: Comment) => ({ id: authorId(comment), username: comment.author }),
  like_count: () => 0,
  hidden: () => false,
}

const facebookSources = {
  id: (comment: Comment) => comment.id,
  message: (comment: Comment) => comment.message,
  created_time: (comment: Comment) => graphTime(comment.created_at),
  from: (comment: Comment) => ({ id: authorId(comment), name: comment.author }),
}

export function listMediaComments(call: GraphCall, media: Media) {
  mustUseInstagram(call, accountOfMedia(call, media), 'instagram_manage_comments')
  const asked = parseFields(call.params.text('fields') ?? 'id,text,timestamp')
  const comments = call.meta.comments.on(media.id)
  return { data: comments.map((comment) => pick('IGComment', instagramSources, comment, asked)) }
}

export function commentOnMedia(call: GraphCall, media: Media) {
  const account = accountOfMedia(call, media)
  mustUseInstagram(call, account, 'instagram_manage_comments')
  const { meta, params } = call
  const message = params.required('message')
  if (!media.comment_enabled) throw invalidParameter('Comments are turned off for this media')
  const comment = meta.comments.add({
    objectId: media.id,
    accountId: account.id,
    author: account.username,
    isOwn: true,
    message,
  })
  tellOfComment(meta, comment)
  // Seen in the wild: asking for fields fails, and the comment is there all the same.
  if (params.has('fields'))
    throw new GraphError('(#20) The comment could not be read', { code: 20, subcode: 1772107 })
  return { id: comment.id }
}

export function listPostComments(call: GraphCall, post: Post) {
  mustRead(call, { id: post.page_id }, 'pages_read_user_content')
  const asked = parseFields(call.params.text('fields') ?? 'created_time,from,message,id')
  const comments = call.meta.comments.on(post.id)
  return { data: comments.map((comment) => pick('Comment', facebookSources, comment, asked)) }
}

export function commentOnPost(call: GraphCall, post: Post) {
  mustBePage(call, { id: post.page_id }, 'pages_manage_engagement')
  const { meta, params } = call
  const comment = meta.comments.add({
    objectId: post.id,
    accountId: post.page_id,
    author: meta.world.page(post.page_id)?.name ?? '',
    isOwn: true,
    message: params.required('message'),
  })
  tellOfComment(meta, comment)
  return { id: comment.id }
}

export function readComment(call: GraphCall, comment: Comment) {
  const account = call.meta.world.instagram(comment.account_id)
  const asked = call.params.text('fields')
  if (account) {
    mustUseInstagram(call, account, 'instagram_manage_comments')
    return pick('IGComment', instagramSources, comment, parseFields(asked ?? 'id,text,timestamp'))
  }
  mustRead(call, { id: comment.account_id }, 'pages_read_user_content')
  return pick('Comment', facebookSources, comment, parseFields(asked ?? 'created_time,from,message,id'))
}

export function deleteComment(call: GraphCall, comment: Comment) {
  const account = call.meta.world.instagram(comment.account_id)
  if (account) mustUseInstagram(call, account, 'instagram_manage_comments')
  else mustBePage(call, { id: comment.account_id }, 'pages_manage_engagement')
  call.meta.comments.delete(comment.id)
  return { success: true }
}
