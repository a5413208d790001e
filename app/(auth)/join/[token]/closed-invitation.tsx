import { DoorSheet } from '#components/auth/door-sheet.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { sentenceFor } from '#lib/errors.ts'
import type { PeekedInvitation } from '#lib/members/queries.ts'

const titles = {
  expired: 'This invitation grew old',
  revoked: 'This invitation was withdrawn',
  used: 'This invitation was used already',
  unknown: 'This invitation leads nowhere',
}

type ClosedInvitationProps = {
  state: keyof typeof titles
  invitation: PeekedInvitation
  signedIn: boolean
}

/** Why the door is shut, and whom to ask. */
export function ClosedInvitation({ state, invitation, signedIn }: ClosedInvitationProps) {
  const { inviter_name: inviter, agency_name: agency } = invitation
  return (
    <DoorSheet title={titles[state]}>
      <p className="text-ink-2">{sentenceFor(`invite_${state}`)}</p>
      {inviter && (
        <p className="text-ink-2">
          It came from {inviter}
          {agency && ` at ${agency}`}.
        </p>
      )}
      <div>
        <ButtonLink href={signedIn ? '/' : '/sign-in'} look="act">
          {signedIn ? 'Go to the desk' : 'Sign in'}
        </ButtonLink>
      </div>
    </DoorSheet>
  )
}
