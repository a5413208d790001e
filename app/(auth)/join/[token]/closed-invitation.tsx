import { DoorSheet } from '#components/auth/door-sheet.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import type { PeekedInvitation } from '#lib/members/queries.ts'
import { formatInstant } from '#lib/time/format.ts'

type ClosedInvitationProps = {
  state: Exclude<PeekedInvitation['state'], 'valid'>
  invitation: PeekedInvitation
  signedIn: boolean
}

/** Why the door is shut, and whom to ask. */
export function ClosedInvitation({ state, invitation, signedIn }: ClosedInvitationProps) {
  const { title, what } = wordsFor(state, invitation)
  return (
    <DoorSheet title={title}>
      <p className="text-ink-2">{what}</p>
      <div>
        <ButtonLink href={signedIn ? '/' : '/sign-in'} look="act">
          {signedIn ? 'Go to the desk' : 'Sign in'}
        </ButtonLink>
      </div>
    </DoorSheet>
  )
}

function wordsFor(state: ClosedInvitationProps['state'], invitation: PeekedInvitation) {
  const { inviter_name: inviter, agency_name: agency, expires_at: expiresAt } = invitation
  const asker = inviter && agency ? `${inviter} at ${agency}` : (inviter ?? agency ?? 'whoever invited you')
  switch (state) {
    case 'expired':
      return {
        title: 'This invitation grew old',
        what: `It was good until ${expiresAt ? formatInstant(expiresAt, 'UTC', 'long-day') : 'a while ago'}. Ask ${asker} for a new one.`,
      }
    case 'revoked':
      return {
        title: 'This invitation was withdrawn',
        what: `If that surprises you, ask ${asker}. A newer mail of theirs may hold one that is open.`,
      }
    case 'used':
      return {
        title: 'This invitation was used already',
        what: `If that was you, sign in. If not, tell ${asker}.`,
      }
    case 'unknown':
      return {
        title: 'This invitation leads nowhere',
        what: 'The mail program may have cut the address in two. Copy all of it, or ask whoever invited you for a new one.',
      }
  }
}
