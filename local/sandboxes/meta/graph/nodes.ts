import type { Session } from '../tokens.ts'
import type { Bucket } from '../usage.ts'
import type { Meta, Node } from './call.ts'

export const TYPE_NAMES: Readonly<Record<Node['type'], string>> = {
  user: 'User',
  page: 'Page',
  post: 'PagePost',
  photo: 'Photo',
  video: 'Video',
  instagram: 'IGUser',
  container: 'IGContainer',
  media: 'IGMedia',
  comment: 'Comment',
}

/** The object behind an id, or behind `me`; null for what is not there, or no more. */
export function findNode(meta: Meta, { token }: Session, id: string): Node | null {
  const wanted = id === 'me' ? (token.page_id ?? token.person_id) : id
  const person = wanted === token.person_id ? meta.world.person(wanted) : null
  return person ? { type: 'user', node: person } : findObject(meta, wanted)
}

/** The same without a caller: people are theirs alone. */
export function findObject(meta: Meta, id: string): Node | null {
  const { world, posts, videos, containers, media, comments } = meta
  const page = world.page(id)
  if (page) return { type: 'page', node: page }
  const instagram = world.instagram(id)
  if (instagram?.id === id) return { type: 'instagram', node: instagram }
  const post = posts.byId(id)
  if (post) return post.deleted_at === null ? { type: 'post', node: post } : null
  const photo = posts.photo(id)
  if (photo) return posts.isExpired(photo) ? null : { type: 'photo', node: photo }
  const video = videos.byId(id)
  if (video) return video.deleted_at === null ? { type: 'video', node: video } : null
  const container = containers.find(id)
  if (container) return { type: 'container', node: container }
  const published = media.byId(id)
  if (published) return published.deleted_at === null ? { type: 'media', node: published } : null
  const comment = comments.byId(id)
  return comment && { type: 'comment', node: comment }
}

/** The Page or Instagram account that an object belongs to. */
export function accountOf({ type, node }: Node): string | null {
  switch (type) {
    case 'user':
      return null
    case 'page':
    case 'instagram':
      return node.id
    case 'post':
    case 'photo':
    case 'video':
      return node.page_id
    case 'container':
    case 'media':
    case 'comment':
      return node.account_id
  }
}

/** Whose allowances a call on this object takes from. */
export function bucketsOf({ world }: Meta, { token }: Session, target: Node | null): Bucket[] {
  const account = target && accountOf(target)
  const instagram = account === null ? null : world.instagram(account)
  if (instagram?.id === account && instagram) return [{ type: 'instagram', id: instagram.id }]
  return [token.page_id === null ? { type: 'app' } : { type: 'pages', id: token.page_id }]
}
