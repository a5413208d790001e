import { fact, moment, type Sentence } from './facts.ts'

/** Agencies, brands, the people on them, and invitations. */
export const members: Record<string, Sentence> = {
  tenant_not_found: 'This agency is not here, or its brands are not yours to add.',
  tenants_too_many: (f) =>
    `You own ${fact(f, 'limit', 'as many')} agencies, which is as many as one person may. Ask us if you need another.`,
  tenant_name_invalid: 'An agency name has 1 to 80 characters.',
  brand_not_found: 'This brand is not here, or you are not on it.',
  brand_name_invalid: 'A brand name has 1 to 80 characters.',
  brand_name_taken: (f) =>
    `Your agency has a brand named ${fact(f, 'name', 'like this')} already. Choose another name.`,
  brand_name_mismatch: (f) =>
    `The name does not match. Type ${fact(f, 'name', "the brand's name")} exactly as it stands above.`,
  brand_being_deleted: (f) =>
    `This brand is to be deleted on ${moment(f, 'delete_after', 'a day that is set')}, so nothing about it changes any more. An owner of the agency can keep it.`,
  brand_deletion_begun: 'The time to keep this brand has passed: it is being deleted.',
  brand_code_invalid: 'A code has 2 to 4 letters or digits, as in OE.',
  brand_code_taken: (f) =>
    `${fact(f, 'code', 'This code')} names the posts of another of your brands. Choose another code.`,
  brand_color_invalid: 'A colour is six hexadecimal digits, as in #8a3f1c.',
  time_zone_unknown: (f) =>
    `${fact(f, 'time_zone', 'This')} is no time zone we know. Choose one from the list.`,
  approval_mode_unknown: 'Choose who must say yes: nobody, your agency, the client, or both.',

  goals_too_many: (f) =>
    `This brand has ${fact(f, 'limit', 'many')} goals, which is as many as it holds. Delete one that is done with.`,
  milestone_not_found: 'This milestone is not here, or your agency has not reached it.',

  member_not_found: 'This person is not on the brand any more.',
  member_exists: (f) =>
    `${fact(f, 'email', 'This person')} is on the brand already. The role can be changed in the list of people.`,
  member_mirrored:
    'Owners and admins of the agency are on every brand. That changes in the agency, not here.',
  member_last_approver: (f) =>
    `${fact(f, 'name', 'This person')} is the only one left who may say yes to ${f.posts === 1 ? 'a post that waits' : `${fact(f, 'posts', 'some')} posts that wait`}. Put someone else on the brand who may, or take what waits back first.`,
  member_self: 'You cannot change your own role or take yourself off. Another owner or admin can.',
  role_unknown: 'Choose one of the roles in the list.',
  last_owner: 'This is the only owner left. Make someone else an owner first.',

  invite_not_found: 'This invitation is not here any more.',
  invite_exists: (f) =>
    `${fact(f, 'email', 'This address')} is invited already. Send the mail again from the list instead.`,
  invite_email_invalid: 'This does not look like an address mail can reach. Check what follows the @.',
  invite_too_soon: 'The mail went out less than a minute ago. Give it time to arrive.',
  invite_too_many_today: (f) =>
    `We mail at most ${fact(f, 'limit', 'a few')} invitations a day ${f.email ? `to ${f.email}` : 'for one agency'}. Send the next one tomorrow.`,
  invite_too_many: 'This invitation was sent ten times, which is as often as we send one. Check the address.',
  invite_closed: 'This invitation is no longer open, so there is nothing to send or revoke.',
  invite_expired: 'This invitation grew old. Ask whoever invited you for a new one.',
  invite_revoked: 'This invitation was withdrawn. Ask whoever invited you.',
  invite_used: 'This invitation was used already. If that was you, sign in.',
  invite_unknown: 'This invitation leads nowhere. The mail may have cut the address in two; copy all of it.',
  invite_account_exists: (f) =>
    `${fact(f, 'email', 'This address')} has an account here already. Sign in below, and it joins as that account.`,
}
