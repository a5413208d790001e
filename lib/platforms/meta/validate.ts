import type { PostDraft, Problem } from '../contract.ts'
import { facebook } from './limits.ts'
import { facebookMessage } from './message.ts'

const count = new Intl.NumberFormat('en-GB')

/** Runs in the composer as well: no secret and nothing of Node in here. */
export function validateFacebookPost(draft: PostDraft): Problem[] {
  const problems: Problem[] = []
  const message = facebookMessage(draft)

  // How Meta counts is not documented; UTF-16 units are never fewer than its characters.
  if (message.length > facebook.messageChars) {
    problems.push({
      code: 'facebook_message_too_long',
      severity: 'error',
      field: 'body',
      message: `Facebook takes up to ${count.format(facebook.messageChars)} characters; this post has ${count.format(message.length)}.`,
    })
  }
  if (message === '' && !draft.link && draft.media.length === 0) {
    problems.push({
      code: 'facebook_post_empty',
      severity: 'error',
      field: 'body',
      message: 'A Facebook post needs a text, a link or a picture; this one has none of them.',
    })
  }
  if (draft.media.length > facebook.photos) {
    problems.push({
      code: 'facebook_too_many_pictures',
      severity: 'error',
      field: 'media',
      message: `Facebook takes up to ${facebook.photos} pictures a post; this one has ${draft.media.length}.`,
    })
  }
  const notPictures = draft.media.filter((medium) => !medium.mimeType.startsWith('image/'))
  if (notPictures.length > 0) {
    problems.push({
      code: 'facebook_not_a_picture',
      severity: 'error',
      field: 'media',
      message: `Facebook posts take pictures from here; this one holds ${notPictures.map((medium) => medium.mimeType).join(', ')}.`,
    })
  }
  if (draft.link && draft.media.length > 0 && !draft.body.includes(draft.link)) {
    problems.push({
      code: 'facebook_link_becomes_text',
      severity: 'note',
      field: 'link',
      message: 'With a picture, Facebook shows no link preview: the address stands below the text.',
    })
  }
  if (draft.firstComment) {
    problems.push({
      code: 'facebook_no_first_comment',
      severity: 'error',
      field: 'first_comment',
      message: 'Facebook posts go out without a first comment: put it into the text, or take it out.',
    })
  }
  return problems
}
