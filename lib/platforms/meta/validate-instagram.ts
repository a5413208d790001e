import type { PostDraft, Problem } from '../contract.ts'
import { count, imagesOf, ratioOf, type Say, sayOfVideo, shapeOf, videosOf } from './draft.ts'
import { instagram } from './limits.ts'
import { instagramCaption } from './message.ts'

/** Runs in the composer as well: no secret and nothing of Node in here. platforms/meta.md 10. */
export function validateInstagramPost(draft: PostDraft): Problem[] {
  const problems: Problem[] = []
  const say: Say = (code, field, message, severity = 'error') =>
    problems.push({ code, severity, field, message })

  if (draft.format === 'story') sayOfStory(draft, say)
  else {
    sayOfCaption(instagramCaption(draft.body), say)
    sayOfMedia(draft, say)
  }
  for (const { altText } of imagesOf(draft)) {
    if (altText && altText.length > instagram.altTextChars) {
      say(
        'instagram_alt_text_too_long',
        'media',
        `Instagram takes alt texts of up to ${count.format(instagram.altTextChars)} characters; this one has ${count.format(altText.length)}.`,
      )
    }
  }
  if (draft.link) {
    say(
      'instagram_link_is_not_shown',
      'link',
      'Instagram shows no links under posts, so the address does not go out there.',
      'note',
    )
  }
  if (draft.firstComment) {
    say(
      'instagram_no_first_comment',
      'first_comment',
      'Instagram posts go out without a first comment from here: put it into the caption, or take it out.',
    )
  }
  return problems
}

function sayOfCaption(caption: string, say: Say): void {
  if (caption.length > instagram.captionChars) {
    say(
      'instagram_caption_too_long',
      'body',
      `Instagram takes up to ${count.format(instagram.captionChars)} characters; this caption has ${count.format(caption.length)}.`,
    )
  }
  const tags = caption.match(/#[\p{L}\p{N}_]+/gu)?.length ?? 0
  if (tags > instagram.hashtags) {
    say(
      'instagram_too_many_hashtags',
      'body',
      `Instagram takes up to ${instagram.hashtags} hashtags; this caption has ${tags}.`,
    )
  }
  const mentions = caption.match(/(?<![\p{L}\p{N}_.])@[\p{L}\p{N}_.]+/gu)?.length ?? 0
  if (mentions > instagram.mentions) {
    say(
      'instagram_too_many_mentions',
      'body',
      `Instagram takes up to ${instagram.mentions} mentions; this caption has ${mentions}.`,
    )
  }
}

function sayOfMedia(draft: PostDraft, say: Say): void {
  const [first] = draft.media
  const [video] = videosOf(draft)
  if (!first) {
    say('instagram_needs_media', 'media', 'Instagram takes no post without a picture or a video.')
    return
  }
  if (draft.format === 'reel' && !(video && draft.media.length === 1)) {
    say('format_refused', 'media', `A reel is 1 video; this one has ${draft.media.length} files.`)
    return
  }
  if (draft.media.length > instagram.carouselItems.max) {
    say(
      'instagram_too_many_media',
      'media',
      `Instagram takes up to ${instagram.carouselItems.max} pictures and videos a post; this one has ${draft.media.length}.`,
    )
  }
  for (const one of videosOf(draft)) {
    sayOfVideo(one, { where: 'Instagram videos', prefix: 'instagram', ...instagram.reel }, say)
  }
  for (const picture of imagesOf(draft)) {
    const ratio = ratioOf(picture)
    const { min, max } = instagram.image.ratio
    if (ratio === null || (ratio >= min && ratio <= max)) continue
    say(
      'instagram_picture_shape',
      'media',
      `Instagram takes pictures from 4:5 (${min}:1) to ${max}:1; this one is ${shapeOf(picture)}.`,
    )
  }
  const shapes = new Set(draft.media.map((one) => Math.round((ratioOf(one) ?? 0) * 100)))
  if (draft.media.length > 1 && shapes.size > 1 && !shapes.has(0)) {
    say(
      'instagram_carousel_is_cropped',
      'media',
      `Instagram crops a carousel to its first picture, which is ${shapeOf(first)}.`,
      'note',
    )
  }
}

function sayOfStory(draft: PostDraft, say: Say): void {
  const [medium] = draft.media
  if (!medium || draft.media.length !== 1) {
    say(
      'format_refused',
      'media',
      `An Instagram story is 1 picture or 1 video; this one has ${draft.media.length} files.`,
    )
    return
  }
  if (videosOf(draft).length > 0) {
    sayOfVideo(medium, { where: 'Instagram stories', prefix: 'instagram', ...instagram.story }, say)
  }
  if (instagramCaption(draft.body)) {
    say('instagram_story_has_no_text', 'body', 'Instagram shows no text with a story.', 'note')
  }
}
