/** The one catalogue from a stable code to what a person reads: what happened, why, what now. */

import { formatInstant, zoneAbbreviation } from './time/format.ts'

export type Facts = Record<string, unknown>

/** An expected no, as data. `errorId` is there only for the unexpected, and stands in the log too. */
export type Refusal = { code: string; sentence: string; facts: Facts; errorId?: string }

/** Carries a refusal through code that can only throw; `digest` takes the code to error pages. */
export class RefusalError extends Error {
  readonly refusal: Refusal
  readonly digest: string

  constructor(refusal: Refusal) {
    super(refusal.sentence)
    this.name = 'RefusalError'
    this.refusal = refusal
    this.digest = refusal.code
  }
}

type ActionResult<Data> = {
  data?: Data | undefined
  serverError?: Refusal | undefined
  validationErrors?: { formErrors: string[]; fieldErrors: Partial<Record<string, string[]>> } | undefined
}

/** The action's data, or its refusal thrown: for mutations that undo what they showed. */
export async function unwrap<Data>(result: Promise<ActionResult<Data>>): Promise<Data> {
  const { data, serverError, validationErrors } = await result
  if (serverError) throw new RefusalError(serverError)
  if (validationErrors) throw new RefusalError(invalidInput(validationErrors))
  return data as Data // next-safe-action: neither error set means the action returned its data
}

function invalidInput(errors: NonNullable<ActionResult<unknown>['validationErrors']>): Refusal {
  const messages = [
    ...errors.formErrors,
    ...Object.values(errors.fieldErrors).flatMap((field) => field ?? []),
  ]
  return { code: 'input_invalid', sentence: messages.join(' '), facts: {} }
}

export function isKnownCode(code: string): boolean {
  return Object.hasOwn(sentences, code)
}

/** @returns the sentence of `code`, filled from its facts; a general one for a code nobody wrote */
export function sentenceFor(code: string, facts: Facts = {}): string {
  const sentence = sentences[code]
  if (!sentence) return unexpectedSentence
  return typeof sentence === 'string' ? sentence : sentence(facts)
}

const unexpectedSentence =
  'Something broke on our side, and we cannot say yet what was kept. Look at the page again before you repeat it.'

type Sentence = string | ((facts: Facts) => string)

/** A fact as text, or what to say without it. */
function fact(facts: Facts, name: string, otherwise: string): string {
  const value = facts[name]
  return typeof value === 'string' && value !== ''
    ? value
    : typeof value === 'number'
      ? amount(value)
      : otherwise
}

function amount(value: number): string {
  return new Intl.NumberFormat('en-GB').format(value)
}

function megabytes(facts: Facts, name: string, otherwise: string): string {
  const bytes = facts[name]
  return typeof bytes === 'number' ? `${amount(Math.round(bytes / 100_000) / 10)} MB` : otherwise
}

/** A day and hour with its zone; facts bring both, since an instant alone misleads. */
function moment(facts: Facts, name: string, otherwise: string): string {
  const instant = facts[name]
  if (typeof instant !== 'string' || Number.isNaN(Date.parse(instant))) return otherwise
  const timeZone = typeof facts.time_zone === 'string' ? facts.time_zone : 'UTC'
  return `${formatInstant(instant, timeZone, 'day-time')} ${zoneAbbreviation(instant, timeZone)}`
}

const sentences: Record<string, Sentence> = {
  // The line, and the unknown.
  unexpected: unexpectedSentence,
  no_connection:
    'The desk did not get an answer from its database. Nothing was changed; try again in a moment.',
  not_allowed:
    'Your role on this brand does not include this. Someone who manages its people can change that.',
  not_found: 'This is not here any more, or it was never yours to see.',
  already_there: 'This exists already. Look at what is there before you add it again.',
  still_in_use: 'Something else still rests on this, so it stays.',
  input_invalid: 'Some of what was typed does not fit. Look at the marked fields.',
  busy: 'Someone else was changing the same thing at the same moment. Try again.',
  too_slow: 'The database took too long, so this was stopped. Nothing was changed; try again.',
  origin_not_ours:
    'This form was sent from another site, so nothing was done. Open the page here and try again.',

  // Signing in and out.
  signed_out: 'You are signed out. Sign in in another tab, then do this again; what you typed stays here.',
  not_signed_in: 'You are signed out. Sign in, then do this again.',
  password_wrong: 'This address and password do not go together. Check both, or have a link mailed to you.',
  current_password_wrong: 'The current password is not right, so it was not changed.',
  email_not_confirmed:
    'This address is not confirmed yet. Open the mail we sent it, or have a new link mailed.',
  too_many_tries:
    'Too many tries in a row, so the door stays shut for a moment. Wait a minute, then try again, or have a link mailed.',
  too_many_mails:
    'A mail went to this address a moment ago. Look for it first; after a minute you may ask again.',
  sign_up_closed: 'This desk takes no new agencies. Ask whoever runs it, or open your invitation.',
  account_exists: 'This address has an account here already. Sign in, or have a link mailed to it.',
  account_blocked: 'This account was closed by whoever runs the desk. Ask them.',
  email_invalid: 'This does not look like an address mail can reach. Check what follows the @.',
  password_weak: 'This password is too easy to guess. Take a longer one; four words make it strong.',
  password_same: 'This is the password you already have. Choose another.',
  password_needs_proof: 'You signed in a while ago. Sign in again, then change the password.',
  confirmation_dead: 'This link was used already, or it grew old. Ask for a new one; it is good once.',

  // Links in mails.
  link_unknown:
    'This link leads nowhere. It may have been cut in two by the mail; copy it whole, or ask for a new one.',
  link_expired: (f) =>
    `This link was good until ${moment(f, 'expires_at', 'a while ago')}. Ask the agency for a new one; nothing was lost.`,
  link_revoked: 'The agency closed this link. Ask them for a new one; nothing was lost.',
  link_used: 'This link was used already. If that was you, sign in.',
  link_invalid: 'This link is no longer open. Ask whoever sent it for a new one.',

  // Agencies and brands.
  tenant_not_found: 'This agency is not here, or you do not belong to it.',
  tenant_name_required: 'Give the agency a name; clients read it on mails and on their page.',
  tenant_name_invalid: 'An agency name has 1 to 80 characters.',
  brand_not_found: 'This brand is not here, or you do not belong to it.',
  brand_name_required: 'Give the brand a name.',
  brand_name_invalid: 'A brand name has 1 to 80 characters.',
  brand_name_taken: (f) =>
    `Your agency has a brand named ${fact(f, 'name', 'like this')} already. Choose another name.`,
  brand_slug_taken: 'Your agency has a brand with this address already. Choose another name.',
  brand_code_invalid: 'A code has 2 to 4 capital letters or digits, as in OE.',
  brand_code_taken: (f) =>
    `${fact(f, 'code', 'This code')} names the posts of another of your brands. Choose another code.`,
  brand_archived: 'This brand is archived. Bring it back before you work on it.',
  brand_color_invalid: 'A colour is six hexadecimal digits, as in #8a3f1c.',
  time_zone_unknown: (f) =>
    `${fact(f, 'time_zone', 'This')} is not a time zone we know. Choose one from the list.`,
  approval_mode_unknown: 'Choose who must say yes: nobody, your agency, the client, or both.',

  // People and invitations.
  member_not_found: 'This person is not on the brand any more.',
  member_exists: (f) =>
    `${fact(f, 'email', 'This person')} is on the brand already. Change the role in the list instead.`,
  member_mirrored: 'Owners and admins of the agency are on every brand. Change this in the agency, not here.',
  member_self: 'You cannot change your own role or take yourself off. Ask another owner or admin.',
  role_unknown: 'Choose one of the roles in the list.',
  role_not_yours_to_give: 'You can give only roles up to your own.',
  last_owner: 'This is the only owner left. Make someone else an owner first.',
  invite_not_found: 'This invitation is not here any more.',
  invite_exists: (f) =>
    `${fact(f, 'email', 'This address')} is invited already. Send the mail again from the list instead.`,
  invite_email_invalid: 'This does not look like an address mail can reach. Check what follows the @.',
  invite_too_soon: 'The mail went out less than a minute ago. Give it time to arrive.',
  invite_too_many: 'This invitation was sent as often as we send one. Revoke it and check the address.',
  invite_closed: 'This invitation is no longer open, so there is nothing to send or revoke.',
  invite_expired: 'This invitation grew old. Ask whoever invited you for a new one.',
  invite_revoked: 'This invitation was withdrawn. Ask whoever invited you.',
  invite_used: 'This invitation was used already. If that was you, sign in.',
  invite_unknown: 'This invitation leads nowhere. The mail may have cut the address in two; copy it whole.',
  invite_invalid: 'This invitation is no longer open. Ask whoever invited you for a new one.',
  invite_account_exists: (f) =>
    `${fact(f, 'email', 'This address')} has an account here already. Sign in, and you join as that account.`,

  // Posts.
  post_not_found: 'This post is not here, or it is not yours to see.',
  content_not_found: 'This post is not here, or it is not yours to see.',
  content_changed: (f) =>
    `This post was changed since you opened it${versionOf(f)}. See what changed, then decide again.`,
  revision_stale: (f) =>
    `${fact(f, 'changed_by', 'Someone')} changed this post since you opened it. Your text is still here; see what changed, then save again.`,
  post_empty: 'A post needs text or a picture.',
  post_no_channels: 'Choose at least one account for this post.',
  post_title_invalid: 'A title has at most 200 characters.',
  post_too_long: (f) =>
    `${network(f)} takes up to ${fact(f, 'limit', 'fewer')} characters; this text has ${fact(f, 'length', 'more')}.`,
  post_locked: 'This post is on its way out, so it cannot be changed now.',
  post_not_draft: 'Only a draft can be deleted. Archive this post instead.',
  post_not_submittable: 'This post is already with someone for approval, or past it.',
  post_wrong_state: (f) => `This post is ${statusWord(f)} now, so this is no longer possible.`,
  post_busy: 'This post is going out right now. Wait for its result.',
  post_not_approved: 'This post has no approval for what it says now. Send it for approval first.',
  post_held: 'The client holds this post. It stays until they let it go.',
  link_not_allowed: 'A link starts with http:// or https://.',
  post_link_invalid: 'A link starts with http:// or https://.',
  channel_not_found: 'One of the chosen accounts is not connected to this brand any more.',
  channel_duplicate: 'The same account is chosen twice.',
  channels_required: 'Choose at least one account for this post.',
  comment_required: 'Say what should change, so the author can act on it.',
  comment_too_long: 'Comments hold up to 4,000 characters.',

  // Decisions.
  decision_not_yours: 'This post does not wait for your decision. Someone else decides at this step.',
  decision_own_post: 'You wrote this post, so someone else says yes to it. The brand can allow otherwise.',
  decision_already_made: 'This step was decided already. Look at the post again.',
  decision_unknown: 'Choose: approve, ask for changes, reject or hold.',
  approval_missing: 'This post has no approval for what it says now.',
  seal_broken:
    'What would go out differs from what was approved, so it was stopped. Send it for approval again.',
  no_client_approver:
    'Nobody on the client’s side can say yes yet. Invite a client who approves, then send it again.',
  no_internal_approver:
    'Nobody in your agency may say yes to this post. Give someone that role, then send it again.',

  // Media.
  media_not_found: 'This picture is not here, or it is not yours to see.',
  media_not_ready: 'A picture is still being checked. It takes a few seconds; then send the post.',
  media_rejected: 'One of the pictures did not pass its check. Take it out, or replace it.',
  media_missing: 'The file did not arrive. Upload it again.',
  media_not_uploaded: 'The file did not arrive. Upload it again.',
  media_in_use: (f) => `This picture is used in ${fact(f, 'posts', 'other')} posts, so it stays.`,
  media_duplicate: 'This picture is in the library already. Use that one.',
  media_too_large: (f) =>
    `A picture may weigh up to ${megabytes(f, 'limit_bytes', '30 MB')}; this one weighs ${megabytes(f, 'size_bytes', 'more')}. Make it smaller and upload it again.`,
  media_too_small: 'This picture has too few pixels to post.',
  media_too_many: (f) => `A post takes up to ${fact(f, 'limit', 'ten')} pictures.`,
  media_too_heavy: (f) =>
    `${network(f)} takes pictures up to ${megabytes(f, 'limit_bytes', 'a few MB')}; this one weighs ${megabytes(f, 'size_bytes', 'more')}. Make it smaller and upload it again.`,
  media_kind_refused: (f) =>
    `${network(f)} does not take ${fact(f, 'found', 'this kind of picture')}. Use a JPEG or PNG.`,
  media_empty: 'This file is empty. Choose another.',
  media_type_unknown: 'We could not tell what this file is. Use a JPEG, PNG, WebP or GIF.',
  media_type_not_allowed: (f) =>
    `This file is ${fact(f, 'found', 'of a kind')} that we do not take. Use a JPEG, PNG, WebP or GIF.`,
  media_type_mismatch: (f) =>
    `The name says ${fact(f, 'claimed', 'one thing')}, but the file is ${fact(f, 'found', 'something else')}. Choose the picture itself.`,
  media_unreadable: 'This picture is damaged and cannot be opened. Export it again, then upload it.',
  media_path_invalid: 'The file was put in the wrong place. Upload it again from the library.',
  media_ratio: (f) =>
    `This picture is ${fact(f, 'ratio', 'too wide or too tall')}; ${network(f)} would refuse it.`,
  quota_exceeded: (f) =>
    `The brand's storage is full: ${megabytes(f, 'used_bytes', 'all')} of ${megabytes(f, 'limit_bytes', 'it')} used. Delete what is not needed, or ask for more.`,

  // Time.
  schedule_past: (f) => `${moment(f, 'scheduled_at', 'This time')} has passed. Choose a time from now on.`,
  schedule_too_soon: 'Leave a minute before the time you choose, or publish now.',
  schedule_too_far: 'Choose a time within the next two years.',
  schedule_nonexistent_time: (f) =>
    `The clocks go forward then, so ${fact(f, 'local_time', 'this time')} does not exist in ${fact(f, 'time_zone', 'this zone')}. Choose an hour later.`,
  schedule_missing: 'This post has no time yet. Choose one first.',
  schedule_not_pending: 'This post has no time to change any more.',

  // Accounts and connecting.
  connection_not_found: 'This account is not connected to the brand.',
  connection_in_use: 'Posts still wait to go out through this account. Move them first.',
  connection_attention: (f) =>
    `${fact(f, 'account_name', 'This account')} needs to be connected again before anything goes out.`,
  connection_inactive: (f) =>
    `${fact(f, 'account_name', 'This account')} is disconnected. Connect it again, or choose another.`,
  connection_paused: (f) => `${fact(f, 'account_name', 'This account')} is paused. Let it run again first.`,
  connection_taken: (f) => `${fact(f, 'account_name', 'This account')} is connected to this brand already.`,
  platform_unknown: 'We do not know this network.',
  platform_not_configured: 'This desk holds no keys for the network yet. Whoever runs it sets them.',
  oauth_state_unknown:
    'This answer does not belong to a connection you started. Start again from Connections.',
  oauth_state_expired: 'Connecting took longer than its ten minutes. Start again from Connections.',
  oauth_state_used: 'This answer was used already. If the account is missing, start again from Connections.',
  oauth_state_not_yours: 'Someone else started this connection. Start your own from Connections.',
  oauth_redirect_mismatch: 'The network answered to another address than ours, so nothing was connected.',
  oauth_denied: 'The network says that you did not agree, so nothing was connected.',
  oauth_refused: (f) =>
    `The network did not connect the account${reasonOf(f)}. Nothing was changed; start again from Connections.`,
  oauth_scope_missing:
    'Without every permission we asked for, nothing can be posted. Connect again and leave them all ticked.',
  oauth_no_accounts: 'That sign-in manages no page we could post to. Use one that does.',
  oauth_exchange_failed:
    'The network did not hand over the keys to the account. Start again from Connections.',
  oauth_unreachable: 'The network did not answer. Nothing was connected; start again in a few minutes.',

  // Publishing.
  publish_not_found: 'This job is not here, or it is not yours to see.',
  job_not_found: 'This job is not here, or it is not yours to see.',
  publish_not_due: 'It is not time yet.',
  publish_wrong_state: 'This job has moved on meanwhile. Look at the post again.',
  job_wrong_state: 'This job has moved on meanwhile. Look at the post again.',
  publish_in_flight: 'This is being sent right now. Wait for its result; nothing is sent twice.',
  publish_unknown:
    'We sent this and got no answer. We look for it on the network before anything is sent again.',
  publish_url_invalid: 'Give the full address of the post on the network, starting with https://.',
  publish_url_taken: 'Another post of this account has this address already. Check which one it is.',
  publish_auth: (f) =>
    `${network(f)} no longer accepts our key for this account. Connect it again, then retry.`,
  publish_permission: (f) =>
    `${network(f)} says that we may not post to this account. Connect it again with every permission.`,
  publish_rate_limit: (f) => `${network(f)} takes no more posts from us for now. We try again by ourselves.`,
  publish_transient: (f) => `${network(f)} could not take the post just now. We try again by ourselves.`,
  publish_invalid: (f) =>
    `${network(f)} refused the post${reasonOf(f)}. Change it, then send it for approval again.`,
  publish_duplicate: (f) =>
    `${network(f)} says that the same post is there already. Look before you post again.`,
  publish_media_gone: 'A picture of this post is missing from storage. Upload it again.',
  publish_gave_up: 'We tried as often as is sensible. Look at the reason, then retry or change the post.',
  publish_unreachable: (f) => `${network(f)} could not be reached. We try again by ourselves.`,
  publish_media_unreachable:
    'A picture could not be read from storage just now. Nothing was sent; we try again by ourselves.',
  publish_media_changed:
    'A picture in storage is not the one that was approved, so it was stopped. Upload the right one and send the post for approval again.',

  // What Facebook answers, and the line to it.
  meta_token_expired: (f) =>
    `Facebook ended our access to ${fact(f, 'account_name', 'this account')}. Connect it again, then retry.`,
  meta_password_changed: (f) =>
    `Whoever connected ${fact(f, 'account_name', 'this account')} changed their Facebook password, and Facebook closed every key made before. Connect it again, then retry.`,
  meta_app_removed: (f) =>
    `Whoever connected ${fact(f, 'account_name', 'this account')} removed us in their Facebook settings. Connect it again, then retry.`,
  meta_checkpoint: (f) =>
    `Facebook wants whoever connected ${fact(f, 'account_name', 'this account')} to prove who they are. They sign in at Facebook first; then connect it again.`,
  meta_page_role_lost: (f) =>
    `Whoever connected ${fact(f, 'account_name', 'this Page')} may no longer post there. Someone who manages the Page connects it again.`,
  meta_page_authorisation:
    'Facebook wants this Page’s owner to confirm themselves before it posts again. They do that at Facebook; then retry.',
  meta_permission: (f) =>
    `Facebook says that we may not post to ${fact(f, 'account_name', 'this account')}. Connect it again and leave every permission ticked.`,
  connection_token_unreadable: (f) =>
    `The desk cannot open its key to ${fact(f, 'account_name', 'this account')}. Connect it again, then retry.`,
  meta_posting_too_fast:
    'Facebook finds that this Page posts too often and takes no more for a day. We try again by ourselves.',
  meta_rate_limit: 'Facebook takes no more requests from us for now. We try again by ourselves.',
  meta_blocked:
    'Facebook holds back posts of this Page because it takes them for spam. We look whether it is out, and wait a day before another try.',
  meta_trouble: 'Facebook had trouble of its own. We try again by ourselves.',
  meta_unexplained: (f) =>
    `Facebook refused without a reason we know${reasonOf(f)}. We look whether it is out before anything else.`,
  meta_answer_unreadable: 'Facebook answered in a way we could not read. We look whether it is out.',
  meta_list_too_long: 'The Page has posted so much since that we could not read it all. Look there yourself.',
  meta_picture_refused: (f) =>
    `Facebook refused the picture${reasonOf(f)}. Replace it, then send the post for approval again.`,
  meta_link_refused: (f) =>
    `Facebook refused the link${reasonOf(f)}. Change it, then send the post for approval again.`,
  meta_policy: (f) =>
    `Facebook says that this post breaks its rules${reasonOf(f)}. Change it, then send it for approval again.`,
  meta_request_refused: (f) =>
    `Facebook refused the post${reasonOf(f)}. Change it, then send it for approval again.`,
  meta_app_misconfigured:
    'Facebook does not accept the keys of this desk. Whoever runs it checks the app’s id and secret; then retry.',
  meta_version_ended:
    'Facebook no longer speaks the version we use. Whoever runs this desk updates it; then retry.',
  platform_timeout: (f) => `${network(f)} did not answer in time, so we cannot tell yet whether it is out.`,
  platform_connection_lost: (f) =>
    `The line to ${network(f)} broke before it answered, so we cannot tell yet whether it is out.`,
  platform_server_error: (f) =>
    `${network(f)} answered with an error of its own, so we cannot tell yet whether it is out.`,
  platform_unreachable: (f) =>
    `No connection to ${network(f)} could be made. Nothing was sent; we try again by ourselves.`,
  platform_not_found: (f) =>
    `The address of ${network(f)} could not be found. Nothing was sent; we try again by ourselves.`,
  platform_busy: (f) => `${network(f)} takes no more requests from us for now. We try again by ourselves.`,
  worker_failed: 'The publisher could not prepare the post. Nothing was sent; we try again by ourselves.',
  worker_too_slow:
    'The publisher ran out of time before sending. Nothing was sent; we try again by ourselves.',
  oauth_no_right_to_post: (f) =>
    `That sign-in may not post to ${list(f, 'pages', 'any Page')}. Use one that may, or have the Page’s owner give the right.`,
  mail_failed: 'The mail could not be sent. Check the address, then send it again.',
}

const networks: Record<string, string> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  linkedin: 'LinkedIn',
  tiktok: 'TikTok',
  gbp: 'Google',
  mailchimp: 'Mailchimp',
}

function network(facts: Facts): string {
  const name = fact(facts, 'network', '')
  return networks[name] ?? (name || 'The network')
}

function versionOf(facts: Facts): string {
  return typeof facts.version === 'number' ? `, to version ${facts.version}` : ''
}

function list(facts: Facts, name: string, otherwise: string): string {
  const names = facts[name]
  return Array.isArray(names) && names.length > 0 ? names.join(', ') : otherwise
}

/** The platform's own words, quoted, so that nobody takes them for ours. */
function reasonOf(facts: Facts): string {
  const reason = fact(facts, 'reason', fact(facts, 'message', ''))
  return reason ? `: “${reason}”` : ''
}

function statusWord(facts: Facts): string {
  return fact(facts, 'status', 'elsewhere').replaceAll('_', ' ')
}
