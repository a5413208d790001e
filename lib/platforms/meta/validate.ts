import type { PostDraft, Problem } from '../contract.ts'
import { count, imagesOf, type Say, sayOfVideo, shapeOf, videosOf } from './draft.ts'
import { facebook } from './limits.ts'
import { facebookMessage } from './message.ts'

/** Runs in the composer as well: no secret and nothing of Node in here. platforms/meta.md 10. */
export function validateFacebookPost(draft: PostDraft): Problem[] {
  const problems: Problem[] = []
  const say: Say = (code, field, message, severity = 'error') =>
    problems.push({ code, severity, field, message })
  const message = facebookMessage(draft)

  // How Meta counts is not documented; UTF-16 units are never fewer than its characters.
  if (message.length > facebook.messageChars) {
    say(
      'facebook_message_too_long',
      'body',
      `Facebook takes up to ${count.format(facebook.messageChars)} characters; this post has ${count.format(message.length)}.`,
    )
  }
  if (message === '' && !draft.link && draft.media.length === 0) {
    say(
      'facebook_post_empty',
      'body',
      'A Facebook post needs a text, a link, a picture or a video; this one has none of them.',
    )
  }
  if (draft.format === 'reel') sayOfReel(draft, say)
  else if (draft.format === 'story') {
    say('format_refused', 'media', 'Facebook stories do not go out from here.')
  } else sayOfFeed(draft, say)

  if (draft.link && draft.media.length > 0 && !draft.body.includes(draft.link)) {
    say(
      'facebook_link_becomes_text',
      'link',
      'With a picture or a video, Facebook shows no link preview: the address stands below the text.',
      'note',
    )
  }
  if (draft.firstComment) {
    say(
      'facebook_no_first_comment',
      'first_comment',
      'Facebook posts go out without a first comment: put it into the text, or take it out.',
    )
  }
  return problems
}

function sayOfFeed(draft: PostDraft, say: Say): void {
  const images = imagesOf(draft).length
  const [video, ...more] = videosOf(draft)
  if (images > facebook.photos) {
    say(
      'facebook_too_many_pictures',
      'media',
      `Facebook takes up to ${facebook.photos} pictures a post; this one has ${images}.`,
    )
  }
  if (!video) return
  if (images > 0 || more.length > 0) {
    say(
      'facebook_mixed_media',
      'media',
      `A Facebook post holds pictures or 1 video; this one has ${images} of the first and ${more.length + 1} of the second.`,
    )
    return
  }
  sayOfVideo(video, { where: 'Facebook videos', prefix: 'facebook', ...facebook.video }, say)
}

function sayOfReel(draft: PostDraft, say: Say): void {
  const [video, ...more] = videosOf(draft)
  if (!video || more.length > 0 || draft.media.length !== 1) {
    say('format_refused', 'media', `A reel is 1 video; this one has ${draft.media.length} files.`)
    return
  }
  const { minPx, ratio, durationMs } = facebook.reel
  const rules = { where: 'Facebook reels', prefix: 'facebook', maxBytes: facebook.video.maxBytes, durationMs }
  sayOfVideo(video, rules, say)
  const { width, height } = video
  if (!width || !height) return
  const isTall = width / height >= ratio.min && width / height <= ratio.max
  if (!isTall || width < minPx.width || height < minPx.height) {
    say(
      'facebook_video_shape',
      'media',
      `Facebook reels are 9:16 and at least ${minPx.width} × ${minPx.height}; this video is ${shapeOf(video)}.`,
    )
  }
}
