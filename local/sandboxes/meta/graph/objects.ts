import { noSuchObject } from '../errors.ts'
import { parseFields, pick } from '../fields.ts'
import type { Photo, Post } from '../posts.ts'
import { graphTime, photoFile, photoPage } from '../urls.ts'
import type { GraphCall } from './call.ts'
import { mustRead } from './pages.ts'
import { postSources } from './post-fields.ts'

export function readPost(call: GraphCall, post: Post) {
  mustRead(call, { id: post.page_id })
  return pick(
    'PagePost',
    postSources(call),
    post,
    parseFields(call.params.text('fields') ?? 'created_time,message,id'),
  )
}

export function deletePost(call: GraphCall, post: Post) {
  mustManage(call, post.page_id, post.id)
  call.meta.posts.delete(post.id)
  return { success: true }
}

const photoSources = {
  id: (photo: Photo) => photo.id,
  created_time: (photo: Photo) => graphTime(photo.created_at),
  name: (photo: Photo) => photo.caption || undefined,
  alt_text_custom: (photo: Photo) => photo.alt || undefined,
  link: (photo: Photo) => photoPage(photo),
  width: (photo: Photo) => photo.width,
  height: (photo: Photo) => photo.height,
  images: (photo: Photo) => [{ width: photo.width, height: photo.height, source: photoFile(photo) }],
  page_story_id: (photo: Photo) => photo.post_id ?? undefined,
}

export function readPhoto(call: GraphCall, photo: Photo) {
  mustRead(call, { id: photo.page_id })
  return pick('Photo', photoSources, photo, parseFields(call.params.text('fields') ?? 'created_time,name,id'))
}

export function deletePhoto(call: GraphCall, photo: Photo) {
  mustManage(call, photo.page_id, photo.id)
  call.meta.posts.deletePhoto(photo.id)
  return { success: true }
}

export function mustManage({ session }: GraphCall, pageId: string, objectId: string): void {
  if (session.token.page_id !== pageId || !session.may('pages_manage_posts', pageId))
    throw noSuchObject(objectId, 'DELETE')
}
