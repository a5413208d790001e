import type { PostDraft, Problem } from '../contract.ts'
import { instagram } from './limits.ts'

const count = new Intl.NumberFormat('en-GB')

/** Runs in the composer as well: no secret and nothing of Node in here. platforms/meta.md 10. */
export function validateInstagramPost(draft: PostDraft): Problem[] {
  const problems: Problem[] = []
  const caption = draft.body.trim()
  const say = (
    code: string,
    field: Problem['field'],
    message: string,
    severity: Problem['severity'] = 'error',
  ) => problems.push({ code, severity, field, message })

  if (draft.media.length === 0) {
    say('instagram_needs_media', 'media', 'Instagram takes no post without a picture or a video.')
  }
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
