'use client'

import { useTransition } from 'react'
import { Avatar } from '#components/ui/avatar.tsx'
import { Button } from '#components/ui/button.tsx'
import { RuleRow } from '#components/ui/rule-list.tsx'
import { toast } from '#components/ui/toast.ts'
import { resendInvitation, revokeInvitation } from '#lib/members/actions.ts'
import type { PendingInvitation } from '#lib/members/queries.ts'
import { roleWords } from '#lib/members/roles.ts'
import { formatInstant } from '#lib/time/format.ts'

type InvitationRowProps = { invitation: PendingInvitation; timeZone: string }

export function InvitationRow({ invitation, timeZone }: InvitationRowProps) {
  const { id, email, role, inviterName, expiresAt, hasExpired } = invitation
  const [sending, startSending] = useTransition()
  const [revoking, startRevoking] = useTransition()
  const day = formatInstant(expiresAt, timeZone, 'day')

  function send() {
    startSending(async () => {
      const { serverError } = await resendInvitation({}, { invitationId: id })
      if (serverError) toast.refused(serverError.sentence)
      else toast.done(`A new link is on its way to ${email}`)
    })
  }

  function revoke() {
    startRevoking(async () => {
      const { serverError } = await revokeInvitation({}, { invitationId: id })
      if (serverError) toast.refused(serverError.sentence)
      else toast.done(`The invitation of ${email} no longer opens anything`)
    })
  }

  return (
    <RuleRow className="flex-wrap border-dashed!">
      <Avatar name={email} size="lg" tone="asked" />
      <span className="min-w-0 flex-1 basis-52">
        <span className="block truncate font-mid">{email}</span>
        <span className="block text-xs text-ink-3">
          {roleWords[role].name}
          {inviterName && `, asked by ${inviterName}`},{' '}
          {hasExpired ? <b className="font-bold text-warn">grew old on {day}</b> : `good until ${day}`}
        </span>
      </span>
      <span className="ml-auto flex gap-1">
        <Button size="sm" busy={sending} onClick={send}>
          {hasExpired ? 'Send a new one' : 'Send again'}
        </Button>
        <Button size="sm" look="bare" busy={revoking} onClick={revoke}>
          Revoke
        </Button>
      </span>
    </RuleRow>
  )
}
