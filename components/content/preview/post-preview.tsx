'use client'

import { clsx } from 'clsx'
import { formatOf } from '#lib/content/formats.ts'
import type { PostWish } from '#lib/content/schema.ts'
import { facebookMessage, instagramCaption } from '#lib/platforms/meta/message.ts'
import { FacebookPreview } from './facebook-preview.tsx'
import { InstagramPreview } from './instagram-preview.tsx'
import type { PreviewMedium } from './preview-media.ts'
import { ReelPreview } from './reel-preview.tsx'
import { StoryPreview } from './story-preview.tsx'

type PostPreviewProps = {
  network: string
  /** What the account is asked to make of it. */
  wish: PostWish
  accountName: string
  /** "18 September at 07:30"; "Just now" where no time is set. */
  when: string
  /** As it is written for this account. */
  body: string
  link: string | null
  media: readonly PreviewMedium[]
  firstComment?: string | null
  className?: string
}

/** A piece as one account will show it, in the form that it becomes there. */
export function PostPreview({ network, wish, body, link, media, ...rest }: PostPreviewProps) {
  const { accountName, when, firstComment, className } = rest
  const videos = media.filter((medium) => medium.kind === 'video').length
  const holding = { hasLink: link !== null, images: media.length - videos, videos }
  const isInstagram = network === 'instagram'
  const format = formatOf(isInstagram ? 'instagram' : 'facebook', wish, holding)
  const [only] = media
  const text = isInstagram ? instagramCaption(body) : facebookMessage({ body, link, media })
  // As wide as it may be: a story has no words that would hold its frame open.
  const head = { accountName, when, text, className: clsx('w-full', className) }

  if (format === 'story' && only) return <StoryPreview {...head} medium={only} />
  if (format === 'reel' && only) {
    return <ReelPreview {...head} network={isInstagram ? 'Instagram' : 'Facebook'} video={only} />
  }
  if (isInstagram) return <InstagramPreview {...head} media={media} />
  return <FacebookPreview {...head} link={link} media={media} firstComment={firstComment ?? null} />
}
