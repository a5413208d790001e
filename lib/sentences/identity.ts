import { type Facts, moment, type Sentence } from './facts.ts'

/** Signing in and out, and links in mails. */
export const identity: Record<string, Sentence> = {
  signed_out: 'You are signed out. Sign in in another tab, then do this again; what you typed stays here.',
  not_signed_in: 'You are signed out. Sign in, then do this again.',
  password_wrong: 'This address and password do not go together. Check both, or have a link mailed to you.',
  current_password_wrong: 'The current password is not right, so it was not changed.',
  password_weak: 'This password is too easy to guess. Take a longer one; four words make it strong.',
  password_same: 'This is the password you already have. Choose another.',
  password_needs_proof: 'You signed in a while ago. Sign in again, then change the password.',
  email_invalid: 'This does not look like an address mail can reach. Check what follows the @.',
  email_not_confirmed:
    'This address is not confirmed yet. Open the mail we sent it, or have a link mailed to it.',
  account_exists: 'This address has an account here already. Sign in, or have a link mailed to it.',
  account_blocked: 'This account was closed by whoever runs the desk. Ask them.',
  sign_up_closed: 'This desk takes no new agencies. Ask whoever runs it, or open your invitation.',
  too_many_tries:
    'Too many tries in a row, so the door stays shut for a moment. Wait a minute, then try again, or have a link mailed to you.',
  too_many_mails:
    'A mail went to this address a moment ago. Look for it first; after a minute you may ask again.',
  confirmation_dead: 'This link was used already, or it grew old. Have a new one mailed; it is good once.',

  link_unknown:
    'The mail program may have cut the address in two. Copy all of it, or ask whoever sent it for a new one.',
  link_expired: (facts: Facts) =>
    `It was good until ${moment(facts, 'expires_at', 'a while ago')}. Nothing was lost; a new one opens the same page.`,
  link_needs_sign_in:
    'This address runs a desk too, so a link alone does not open it. Sign in with its password; the page is there.',
  link_revoked: 'The agency closed it. Nothing was lost; ask them for a new one.',
}
