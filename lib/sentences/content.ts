import { type Facts, fact, megabytes, moment, network, type Sentence } from './facts.ts'

/** Posts, their times, their pictures on a network, and what people decide about them. */
export const content: Record<string, Sentence> = {
  post_not_found: 'This post is not here, or it is not yours to see.',
  revision_stale: (f) =>
    `${fact(f, 'changed_by', 'Someone')} changed this post since you opened it. Your text is still here; see what changed, then save again.`,
  content_changed: (f) =>
    `This post was changed since you opened it${versionOf(f)}. See what changed, then decide again.`,
  post_empty: 'A post needs text or a picture.',
  post_no_channels: 'Choose at least one account for this post.',
  post_title_invalid: 'A title holds up to 200 characters.',
  post_link_invalid: 'A link starts with http:// or https:// and has no blanks.',
  post_too_long: (f) =>
    `${'network' in f ? network(f) : 'A post'} takes up to ${fact(f, 'limit', 'fewer')} characters; this text has ${fact(f, 'length', 'more')}.`,
  post_locked: 'This post is on its way out or already there, so it stays as it is.',
  post_not_draft: 'Only a draft that was never sent can be deleted. Archive this post instead.',
  post_not_submittable: (f) =>
    `This post is ${statusWord(f)} already, so there is nothing to send for approval.`,
  post_wrong_state: (f) => `This post is ${statusWord(f)} by now, so this is no longer possible.`,
  post_not_approved: 'This post has no yes for what it says now. Send it for approval first.',
  post_held: 'The client holds this post. It stays until they let it go.',
  channel_not_found: 'One of the chosen accounts is not connected to this brand any more.',
  channel_duplicate: 'The same account is chosen twice.',

  schedule_missing: 'This post has no time yet. Choose one first.',
  schedule_past: (f) => `${moment(f, 'scheduled_at', 'This time')} has passed. Choose a time from now on.`,
  schedule_too_far: 'Choose a time within the next two years.',
  schedule_nonexistent_time: (f) =>
    `The clocks go forward then, so ${fact(f, 'local_time', 'this time')} does not exist in ${fact(f, 'time_zone', 'this zone')}. Choose an hour later.`,

  decision_not_yours: (f) =>
    f.status === 'draft'
      ? 'This post was taken back to be changed, so there is nothing to decide now. Whoever decides is asked again when it is ready.'
      : 'This post does not wait for your decision. Someone else decides at this step.',
  decision_own_post:
    'You wrote this post, so someone else says yes to it. The brand’s rules can allow otherwise.',
  decision_unknown: 'Choose: approve, ask for changes, reject or hold.',
  comment_required: 'Say what should change, so the author can act on it.',
  comments_too_fast: (f) =>
    `You wrote ${fact(f, 'limit', 'many')} comments within a minute. Wait a minute, then send this one.`,
  comments_too_many: (f) =>
    `This post got ${fact(f, 'limit', 'many')} comments within a day, which is as many as it takes. Write this one tomorrow.`,
  comment_too_long: 'Comments hold up to 4,000 characters.',
  no_client_approver:
    'Nobody on the client’s side can say yes yet. Invite a client who approves, then send it again.',
  no_internal_approver:
    'Nobody else in your agency may say yes to this post. Give someone that role, then send it again.',

  media_not_ready: 'A file is still being checked. It takes a few seconds; then send the post.',
  media_rejected: 'One of the files did not pass its check. Take it out, or replace it.',
  media_too_many: (f) =>
    `${'network' in f ? `${network(f)} takes` : 'A post takes'} up to ${pictures(f)}${'count' in f ? `; this post has ${fact(f, 'count', 'more')}` : ''}.`,
  media_too_heavy: (f) =>
    `${network(f)} takes pictures up to ${megabytes(f, 'limit_bytes', 'a few MB')}; one of these weighs ${megabytes(f, 'size_bytes', 'more')}.`,
  format_unknown: 'Choose feed, reel or story.',
  format_impossible: (f) =>
    `${network(f)} has no such post${'account_name' in f ? ` for ${fact(f, 'account_name', 'this account')}` : ''}: ${kindsOf(f)} as a ${f.format === 'feed' ? 'post' : fact(f, 'format', 'post')}.`,
  video_length_refused: (f) =>
    `${network(f)} takes ${fact(f, 'format', 'video')}s of ${seconds(f, 'min_ms')} to ${seconds(f, 'max_ms')}; this one lasts ${seconds(f, 'duration_ms')}.`,
  media_shape_refused: (f) =>
    `${fact(f, 'filename', 'A file')} is ${fact(f, 'width', '?')} × ${fact(f, 'height', '?')} pixels, a shape that ${network(f)} does not take as ${fact(f, 'format', 'a post')}. ${shapeOf(f)}`,
  media_kind_refused: (f) =>
    `${network(f)} does not take ${fact(f, 'found', 'this kind of file')}. Replace it with a JPEG.`,
}

function kindsOf(facts: Facts): string {
  const images = typeof facts.images === 'number' ? facts.images : 0
  const videos = typeof facts.videos === 'number' ? facts.videos : 0
  if (images + videos === 0) return 'text alone'
  const some = (n: number, one: string) => (n === 0 ? [] : [n === 1 ? `one ${one}` : `${n} ${one}s`])
  return [...some(images, 'picture'), ...some(videos, 'video')].join(' and ')
}

function seconds(facts: Facts, name: string): string {
  const ms = facts[name]
  if (typeof ms !== 'number') return 'some time'
  return ms < 120_000 ? `${Math.round(ms / 100) / 10} seconds` : `${Math.round(ms / 6_000) / 10} minutes`
}

/** The rules as the catalogue gives them: width to height, and the fewest pixels. */
function shapeOf(facts: Facts): string {
  const rules = typeof facts.rules === 'object' && facts.rules !== null ? (facts.rules as Facts) : {}
  const { ratio_min: low, ratio_max: high, width_min: width, height_min: height } = rules
  const said = [
    ...(typeof low === 'number' && typeof high === 'number'
      ? [`its width is ${low} to ${high} of its height`]
      : []),
    ...(typeof width === 'number' ? [`it is at least ${width} pixels wide`] : []),
    ...(typeof height === 'number' ? [`at least ${height} high`] : []),
  ]
  return said.length > 0 ? `It fits when ${said.join(', ')}.` : 'Crop it, or take it out.'
}

function versionOf(facts: Facts): string {
  return typeof facts.version === 'number' ? `, to version ${facts.version}` : ''
}

function pictures(facts: Facts): string {
  return facts.limit === 1 ? '1 picture' : `${fact(facts, 'limit', 'ten')} pictures`
}

const statusWords: Record<string, string> = {
  draft: 'a draft',
  pending_review: 'in review',
  changes_requested: 'back with its author',
}

function statusWord(facts: Facts): string {
  const status = fact(facts, 'status', 'elsewhere')
  return statusWords[status] ?? status.replaceAll('_', ' ')
}
