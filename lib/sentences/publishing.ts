import { fact, network, reason, type Sentence } from './facts.ts'

/** What became of a post on its way out: why it waits, why it failed, what mends it. */
export const publishing: Record<string, Sentence> = {
  job_not_found: 'This is not here, or it is not yours to see.',
  job_wrong_state: 'This has moved on meanwhile. Look at the post again.',
  publish_in_flight: 'This is being sent right now. Wait for its result; nothing is sent twice.',
  publish_url_invalid: 'Give the full address of the post on the network, starting with https://.',
  publish_url_not_a_post:
    'That is an address of the account and not of a post. Open the post there and paste its own address.',
  publish_url_not_ours: (f) =>
    `That post is not on ${account(f)}. Paste the address of the post that stands there.`,
  publish_url_taken: 'That address belongs to another post of this desk. Give the address of this one.',
  seal_broken:
    'What would have gone out differs from what was approved, so it was stopped. Send it for approval again.',

  publish_unknown: (f) =>
    `${network(f)} gave no answer. We look for the post there before anything is sent again.`,
  publish_duplicate: (f) =>
    `${network(f)} holds an equal post that is not from here. Look there before you post again.`,
  publish_invalid: (f) =>
    `${network(f)} refused the post${reason(f)}. Change it, then send it for approval again.`,
  publish_transient: (f) => `${network(f)} could not answer just now. We try again by ourselves.`,
  publish_processing_too_long: (f) =>
    `${network(f)} worked on it for a day and did not finish. Retry, or look there first.`,
  publish_ambiguous: (f) =>
    `${network(f)} lists more than one that could be this one, and none has a text to tell it by. Look there, and paste its link.`,
  publish_still_processing: (f) => `${network(f)} is still working on it. We look again.`,
  publish_limit_reached: (f) =>
    `${network(f)} takes only so many calls at a time; it goes out as soon as there is room.`,
  publish_missed: 'It could not leave for more than a day after its time. Send it now, or choose a new time.',
  pause_scope_unknown: 'Pause the agency, a brand or an account.',
  pause_reason_too_long: 'A reason holds up to 300 characters.',
  publish_gave_up: (f) =>
    `${network(f)} could not take it after many tries${reason(f)}. Retry, or change the post.`,
  publish_media_gone:
    'A picture of this post is missing from storage. Replace it, then send it for approval again.',
  publish_media_changed:
    'A picture differs from the one that was approved, so it was not sent. Replace it, then send it for approval again.',
  publish_media_unreachable: 'Our storage did not hand over a picture in time. We try again by ourselves.',
  worker_failed: 'The worker could not prepare this; its log has the reason. We try again by ourselves.',
  worker_too_slow: 'The worker was too busy to send this safely. We try again by ourselves.',

  platform_not_found: (f) => `${network(f)} could not be found on the network. We try again by ourselves.`,
  platform_unreachable: (f) => `${network(f)} could not be reached. We try again by ourselves.`,
  platform_busy: (f) => `${network(f)} takes nothing from us for the moment. We try again by ourselves.`,
  platform_timeout: (f) =>
    `${network(f)} did not answer in time. We look for the post there before anything is sent again.`,
  platform_connection_lost: (f) =>
    `The line to ${network(f)} broke before its answer came. We look for the post there before anything is sent again.`,
  platform_server_error: (f) =>
    `${network(f)} answered with a fault of its own. We look for the post there before anything is sent again.`,

  meta_token_expired: (f) =>
    `${network(f)} no longer accepts our key to ${account(f)}. Connect it again; what waits then goes out.`,
  meta_password_changed: (f) =>
    `Whoever connected ${account(f)} has changed their password, which ended our key. Connect it again; what waits then goes out.`,
  meta_app_removed: (f) =>
    `Copydesk was removed from ${account(f)} on ${network(f)}. Connect it again; what waits then goes out.`,
  meta_checkpoint: (f) =>
    `${network(f)} wants whoever connected ${account(f)} to sign in there and confirm. Then connect it again.`,
  meta_page_role_lost: (f) =>
    `Whoever connected ${account(f)} lost their role there. Someone who has it connects it again.`,
  meta_page_authorisation: (f) =>
    `${network(f)} wants whoever manages ${account(f)} to confirm who they are. Once that is done there, connect it again and retry.`,
  meta_permission: (f) =>
    `${network(f)} says that we may not post to ${account(f)}. Connect it again with every permission.`,
  meta_rate_limit: (f) => `${network(f)} takes no more posts from us for now. We try again by ourselves.`,
  meta_posting_too_fast: (f) =>
    `${account(f)} has posted too much in too short a time for ${network(f)}. We wait, then try again.`,
  meta_blocked: (f) => `${network(f)} took the post for spam. Look there whether it stands before you retry.`,
  meta_policy: (f) =>
    `${network(f)} refused the post for its rules${reason(f)}. Change it, then send it for approval again.`,
  meta_picture_refused: (f) =>
    `${network(f)} could not use the picture${reason(f)}. Replace it, then send it for approval again.`,
  meta_video_refused: (f) =>
    `${network(f)} could not use the video${reason(f)}. Replace it, then send it for approval again.`,
  meta_upload_broken: (f) => `The upload to ${network(f)} broke off. We go on with it by ourselves.`,
  meta_object_missing: (f) =>
    `${network(f)} knows no such account or file, or keeps it from us. Connect ${account(f)} again, then retry.`,
  meta_link_refused: (f) =>
    `${network(f)} does not accept the link${reason(f)}. Change it, then send it for approval again.`,
  meta_request_refused: (f) =>
    `${network(f)} refused the post${reason(f)}. Change it, then send it for approval again.`,
  meta_trouble: (f) => `${network(f)} has trouble of its own. We try again by ourselves.`,
  meta_unexplained: (f) =>
    `${network(f)} failed without saying why. We look for the post there before anything is sent again.`,
  meta_answer_unreadable: (f) =>
    `${network(f)} answered in a way we cannot read. We look for the post there before anything is sent again.`,
  meta_list_too_long: (f) => `${account(f)} has too many recent posts to search. We look again later.`,
  meta_version_ended: (f) =>
    `${network(f)} no longer speaks the version this desk uses. Whoever runs the desk updates it.`,

  format_refused: (f) =>
    `${network(f)} does not take these files in this format. Choose another format or other files, then send it again.`,
  facebook_message_too_long: (f) =>
    `The text is longer than ${network(f)} takes. Shorten it, then send it for approval again.`,
  facebook_post_empty: (f) =>
    `${network(f)} needs a text, a link or a picture. Add one, then send it for approval again.`,
  facebook_too_many_pictures: (f) =>
    `There are more pictures than ${network(f)} takes. Take some out, then send it again.`,
  facebook_mixed_media: (f) =>
    `A post on ${network(f)} holds pictures or one video. Take the other out, then send it again.`,
  facebook_video_too_heavy: (f) =>
    `The video weighs more than ${network(f)} takes. Replace it, then send it again.`,
  facebook_video_length: (f) =>
    `${network(f)} takes no video of this length. Replace it, then send it again.`,
  facebook_video_shape: (f) =>
    `${network(f)} takes no reel of this shape or size. Replace it, then send it again.`,
  facebook_no_first_comment: (f) =>
    `${network(f)} takes no first comment from here. Put it into the text, then send it again.`,

  instagram_needs_media: (f) =>
    `${network(f)} takes no post without a picture or a video. Add one, then send it again.`,
  instagram_caption_too_long: (f) =>
    `The caption is longer than ${network(f)} takes. Shorten it, then send it for approval again.`,
  instagram_too_many_hashtags: (f) =>
    `The caption has more hashtags than ${network(f)} takes. Take some out, then send it again.`,
  instagram_too_many_mentions: (f) =>
    `The caption mentions more accounts than ${network(f)} takes. Take some out, then send it again.`,
  instagram_too_many_media: (f) =>
    `There are more files than ${network(f)} takes in one post. Take some out, then send it again.`,
  instagram_picture_shape: (f) =>
    `A picture is too tall or too wide for ${network(f)}. Crop it, then send it again.`,
  instagram_alt_text_too_long: (f) =>
    `An alt text is longer than ${network(f)} takes. Shorten it, then send it again.`,
  instagram_video_too_heavy: (f) =>
    `The video weighs more than ${network(f)} takes. Replace it, then send it again.`,
  instagram_video_length: (f) =>
    `${network(f)} takes no video of this length. Replace it, then send it again.`,
  instagram_video_shape: (f) => `${network(f)} takes no video of this shape. Replace it, then send it again.`,
  instagram_no_first_comment: (f) =>
    `${network(f)} takes no first comment from here. Put it into the caption, then send it again.`,
  instagram_account_restricted: (f) =>
    `${network(f)} has restricted ${account(f)}. Whoever runs it looks into the app there; then connect it again.`,
  instagram_quota_reached: (f) =>
    `${account(f)} has posted as much in 24 hours as ${network(f)} allows. We try again by ourselves.`,
  instagram_fetch_failed: (f) =>
    `${network(f)} could not fetch a picture from our storage${reason(f)}. Retry; whoever runs the desk checks its address.`,
  instagram_container_lost: (f) => `${network(f)} forgot what was prepared there. We try again by ourselves.`,
  instagram_processing_failed: (f) =>
    `${network(f)} could not process the post${reason(f)}. Retry, or replace its media.`,
  instagram_not_ready: (f) => `${network(f)} is still preparing the post. We try again by ourselves.`,
  instagram_published_already: (f) => `${network(f)} says that the post is out. We look for where it stands.`,
  instagram_not_listed: (f) =>
    `${network(f)} says that the post is out, and does not list it yet. We look again.`,
}

function account(facts: Parameters<typeof fact>[0]): string {
  return fact(facts, 'account_name', 'this account')
}
