import { PICTURE_HOST, WWW_HOST } from './facts.ts'
import type { Photo, Post } from './posts.ts'
import type { Video } from './videos.ts'

/** Addresses as the platform would give them; the gateway serves them for a look. */
export const permalink = (post: Pick<Post, 'page_id' | 'number'>) =>
  `https://${WWW_HOST}/${post.page_id}/posts/${post.number}`
export const photoPage = (photo: Pick<Photo, 'id'>) => `https://${WWW_HOST}/photo.php?fbid=${photo.id}`
export const photoFile = (photo: Pick<Photo, 'id'>) => `https://${PICTURE_HOST}/v/${photo.id}_n.jpg`
export const mediaFile = (media: { id: string; mime: string | null }) =>
  `https://${PICTURE_HOST}/m/${media.id}.${media.mime?.startsWith('video/') ? 'mp4' : 'jpg'}`
export const mediaPoster = (media: { id: string }) => `https://${PICTURE_HOST}/m/${media.id}_poster.jpg`
export const videoPage = (video: Pick<Video, 'id' | 'page_id' | 'surface'>) =>
  video.surface === 'reel'
    ? `https://${WWW_HOST}/reel/${video.id}`
    : `https://${WWW_HOST}/${video.page_id}/videos/${video.id}`
export const videoFile = (video: Pick<Video, 'id'>) => `https://${PICTURE_HOST}/o/${video.id}.mp4`
export const videoPoster = (video: Pick<Video, 'id'>) => `https://${PICTURE_HOST}/o/${video.id}_poster.jpg`
export const storyPage = (story: { id: string; page_id: string }) =>
  `https://${WWW_HOST}/stories/${story.page_id}/${story.id}`
export const instagramPicture = (accountId: string) => `https://${PICTURE_HOST}/p/${accountId}.png`
export const pagePicture = (pageId: string) => `https://${PICTURE_HOST}/p/${pageId}.png`
export const pageLink = (page: { username: string }) => `https://${WWW_HOST}/${page.username}`

/** `2026-11-24T09:30:00+0000`: no colon in the zone. */
export function graphTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+0000')
}
