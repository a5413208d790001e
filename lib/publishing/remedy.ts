/** What mends a job that ended: a new key, other content, or only another try. */
export type Remedy = 'reconnect' | 'edit' | 'retry'

const needsEdit = new Set([
  'seal_broken',
  'publish_invalid',
  'publish_media_gone',
  'publish_media_changed',
  'meta_picture_refused',
  'meta_link_refused',
  'meta_policy',
  'meta_request_refused',
  'facebook_message_too_long',
  'facebook_post_empty',
  'facebook_too_many_pictures',
  'facebook_mixed_media',
  'facebook_video_too_heavy',
  'facebook_video_length',
  'facebook_video_shape',
  'facebook_no_first_comment',
  'meta_video_refused',
  'format_refused',
  'instagram_needs_media',
  'instagram_caption_too_long',
  'instagram_too_many_hashtags',
  'instagram_too_many_mentions',
  'instagram_too_many_media',
  'instagram_picture_shape',
  'instagram_alt_text_too_long',
  'instagram_video_too_heavy',
  'instagram_video_length',
  'instagram_video_shape',
  'instagram_no_first_comment',
])

/** The account's own state wins: a key renewed since makes another try worth it. */
export function remedyFor(
  code: string | null,
  account: 'usable' | 'reconnect' | 'disconnected' | 'paused',
): Remedy {
  if (account === 'reconnect' || account === 'disconnected') return 'reconnect'
  if (code !== null && needsEdit.has(code)) return 'edit'
  return 'retry'
}
