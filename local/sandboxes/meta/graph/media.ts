import { GraphError, invalidParameter, noSuchObject } from '../errors.ts'
import { parseFields, pick } from '../fields.ts'
import type { Media } from '../instagram/media.ts'
import type { GraphCall } from './call.ts'
import { mustUseInstagram } from './instagram.ts'
import { mediaSources } from './media-fields.ts'

export function accountOfMedia(call: GraphCall, { id, account_id }: Pick<Media, 'id' | 'account_id'>) {
  const account = call.meta.world.instagram(account_id)
  if (!account) throw noSuchObject(id, 'GET')
  return account
}

export function readMedia(call: GraphCall, media: Media) {
  mustUseInstagram(call, accountOfMedia(call, media))
  return pick('IGMedia', mediaSources(call), media, parseFields(call.params.text('fields') ?? 'id'))
}

export function listChildren(call: GraphCall, media: Media) {
  mustUseInstagram(call, accountOfMedia(call, media))
  const asked = parseFields(call.params.text('fields') ?? 'id')
  const children = call.meta.media.childrenOf(media.id)
  return { data: children.map((child) => pick('IGMedia', mediaSources(call), child, asked)) }
}

/** Whole media only, since 2025-12-03 and with a permission of its own. */
export function deleteMedia(call: GraphCall, media: Media) {
  mustUseInstagram(call, accountOfMedia(call, media), 'instagram_manage_contents')
  if (media.parent_id !== null)
    throw new GraphError('This media type cannot be deleted.', { code: 100, subcode: 2207073 })
  call.meta.media.delete(media.id)
  return { success: true }
}

/** Whether people may comment is all that can be changed. */
export function changeMedia(call: GraphCall, media: Media) {
  mustUseInstagram(call, accountOfMedia(call, media), 'instagram_manage_comments')
  if (!call.params.has('comment_enabled')) throw invalidParameter('The parameter comment_enabled is required')
  call.meta.media.enableComments(media.id, call.params.flag('comment_enabled', true))
  return { success: true }
}
