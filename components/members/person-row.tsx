'use client'

import { Ellipsis } from 'lucide-react'
import { useState, useTransition } from 'react'
import { Avatar } from '#components/ui/avatar.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu, MenuItem } from '#components/ui/menu.tsx'
import { RuleRow } from '#components/ui/rule-list.tsx'
import { Select } from '#components/ui/select.tsx'
import { toast } from '#components/ui/toast.ts'
import { removeMember, setMemberRole } from '#lib/members/actions.ts'
import type { Person } from '#lib/members/queries.ts'
import {
  type InvitableRole,
  invitableRoles,
  isClientRole,
  isInvitable,
  roleWords,
} from '#lib/members/roles.ts'

type PersonRowProps = {
  brandId: string
  brandName: string
  person: Person
  isMe: boolean
  mayManage: boolean
}

export function PersonRow({ brandId, brandName, person, isMe, mayManage }: PersonRowProps) {
  const { userId, displayName, role, byAgency, isClient } = person
  const editable = mayManage && !byAgency && !isMe && isInvitable(role)
  return (
    <RuleRow className="flex-wrap">
      <Avatar name={displayName} size="lg" tone={isClient ? 'client' : 'staff'} />
      <span className="min-w-0 flex-1 basis-40 truncate font-mid">
        {displayName} {isMe && <span className="font-text text-ink-3">you</span>}
      </span>
      {editable && isInvitable(role) ? (
        <RoleAndRemoval
          brandId={brandId}
          brandName={brandName}
          userId={userId}
          displayName={displayName}
          role={role}
        />
      ) : (
        <span className="text-ink-2">
          {roleWords[role].name} {byAgency && <span className="text-ink-3">by agency</span>}
        </span>
      )}
    </RuleRow>
  )
}

type RoleAndRemovalProps = {
  brandId: string
  brandName: string
  userId: string
  displayName: string
  role: InvitableRole
}

/** Staff may take any staff role and clients any client role; nobody slips across the lane by a menu. */
function RoleAndRemoval({ brandId, brandName, userId, displayName, role }: RoleAndRemovalProps) {
  const [pending, startTransition] = useTransition()
  const [asking, setAsking] = useState(false)
  const choices = invitableRoles
    .filter((one) => isClientRole(one) === isClientRole(role))
    .map((one) => ({ value: one, label: roleWords[one].name, hint: roleWords[one].may[0] }))

  function change(next: InvitableRole) {
    if (next === role) return
    startTransition(async () => {
      const { serverError } = await setMemberRole({}, { brandId, userId, role: next })
      if (serverError) toast.refused(serverError.sentence)
      else toast.done(`${displayName} is now ${roleWords[next].name.toLowerCase()} on ${brandName}`)
    })
  }

  function remove() {
    startTransition(async () => {
      const { serverError } = await removeMember({}, { brandId, userId })
      setAsking(false)
      if (serverError) toast.refused(serverError.sentence)
      else toast.done(`${displayName} is off ${brandName}`)
    })
  }

  return (
    <>
      <Select
        label={`Role of ${displayName}`}
        items={choices}
        value={role}
        onValueChange={change}
        disabled={pending}
        className="w-40!"
      />
      <Menu
        align="end"
        trigger={
          <IconButton label={`More for ${displayName}`}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem tone="stop" onSelect={() => setAsking(true)}>
          Take off {brandName}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Take ${displayName} off ${brandName}?`}
        keep="Keep on the brand"
        confirm={`Take ${displayName} off`}
        onConfirm={remove}
        busy={pending}
      >
        <p>
          {displayName} no longer sees the brand, and mailed links stop working. What they wrote and decided
          stays, with their name.
        </p>
      </ConfirmDialog>
    </>
  )
}
