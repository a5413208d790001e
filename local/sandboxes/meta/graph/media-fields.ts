import type { FieldSources } from '../fields.ts'
import type { Media } from '../instagram/media.ts'
import { mediaPermalink, shortcode } from '../instagram/urls.ts'
import { graphTime, mediaFile, mediaPoster } from '../urls.ts'
import type { GraphCall } from './call.ts'
import { responseToMedia } from './instagram-insights.ts'

export function mediaSources({ meta, session, conditions }: GraphCall): FieldSources<Media> {
  const account = (media: Media) => meta.world.instagram(media.account_id)
  const manages = (media: Media) =>
    meta.world
      .pagesOf(session.token.person_id)
      .some((page) => page.id === account(media)?.page.id && page.tasks.includes('MANAGE'))
  return {
    id: (media) => media.id,
    ig_id: (media) => media.id.slice(-12),
    // Captions come back without the signs of mentions to those who only help with a Page.
    caption: (media) => (manages(media) ? media.caption : media.caption.replaceAll('@', '')) || undefined,
    alt_text: (media) => media.alt || undefined,
    media_type: mediaType,
    media_product_type: productType,
    permalink: (media) =>
      Date.now() - media.committed_at < conditions.permalinkLagMs
        ? undefined
        : mediaPermalink(media, account(media)?.username ?? ''),
    shortcode: (media) => shortcode(media.id),
    timestamp: (media) => graphTime(media.created_at),
    media_url: (media) => (media.kind === 'carousel' ? undefined : mediaFile(media)),
    thumbnail_url: (media) => (mediaType(media) === 'VIDEO' ? mediaPoster(media) : undefined),
    username: (media) => account(media)?.username,
    owner: (media) => ({ id: media.account_id }),
    like_count: (media) => responseToMedia(meta, media).likes,
    comments_count: (media) => responseToMedia(meta, media).comments,
    is_comment_enabled: (media) => media.comment_enabled,
    children: (media, isExpanded) => {
      if (media.kind !== 'carousel') return undefined
      const children = meta.media.childrenOf(media.id)
      return {
        data: children.map((child) => ({
          id: child.id,
          ...(isExpanded && {
            media_type: mediaType(child),
            media_url: mediaFile(child),
            timestamp: graphTime(child.created_at),
          }),
        })),
      }
    },
  }
}

/** How an event names the media that it is about. */
export function mediaSourcesOfEvent(media: Media) {
  return { media_product_type: productType(media) }
}

export function mediaType({ kind, mime }: Media): 'IMAGE' | 'VIDEO' | 'CAROUSEL_ALBUM' {
  if (kind === 'carousel') return 'CAROUSEL_ALBUM'
  return mime?.startsWith('video/') ? 'VIDEO' : 'IMAGE'
}

export function productType({ kind }: Media): 'FEED' | 'REELS' | 'STORY' {
  return kind === 'reel' ? 'REELS' : kind === 'story' ? 'STORY' : 'FEED'
}
