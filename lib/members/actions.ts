'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { fromForm, memberAction } from '#lib/actions.ts'
import { invitation, invitationId, member, memberRole, tokenAlone } from './schema.ts'

const membersPage = '/brands/[brand]/settings/members'

export const inviteMember = memberAction
  .metadata({ name: 'members.invite' })
  .inputSchema(fromForm(invitation))
  .stateAction(async ({ parsedInput: { brandId, email, role }, ctx: { db } }) => {
    await db.rpc('invite_member', { brand_id: brandId, email, role }).throwOnError()
    revalidatePath(membersPage, 'page')
    return { invited: email }
  })

export const resendInvitation = memberAction
  .metadata({ name: 'members.resendInvitation' })
  .inputSchema(fromForm(invitationId))
  .stateAction(async ({ parsedInput, ctx: { db } }) => {
    await db.rpc('resend_invitation', { invitation_id: parsedInput.invitationId }).throwOnError()
    revalidatePath(membersPage, 'page')
    return { sent: true }
  })

export const revokeInvitation = memberAction
  .metadata({ name: 'members.revokeInvitation' })
  .inputSchema(fromForm(invitationId))
  .stateAction(async ({ parsedInput, ctx: { db } }) => {
    await db.rpc('revoke_invitation', { invitation_id: parsedInput.invitationId }).throwOnError()
    revalidatePath(membersPage, 'page')
    return { revoked: true }
  })

export const setMemberRole = memberAction
  .metadata({ name: 'members.setRole' })
  .inputSchema(fromForm(memberRole))
  .stateAction(async ({ parsedInput: { brandId, userId, role }, ctx: { db } }) => {
    await db.rpc('set_member_role', { brand_id: brandId, user_id: userId, role }).throwOnError()
    revalidatePath(membersPage, 'page')
    return { changed: true }
  })

export const removeMember = memberAction
  .metadata({ name: 'members.remove' })
  .inputSchema(fromForm(member))
  .stateAction(async ({ parsedInput: { brandId, userId }, ctx: { db } }) => {
    await db.rpc('remove_member', { brand_id: brandId, user_id: userId }).throwOnError()
    revalidatePath(membersPage, 'page')
    return { removed: true }
  })

/** For someone who is signed in already; strangers join through POST /api/join. */
export const acceptInvitation = memberAction
  .metadata({ name: 'members.acceptInvitation' })
  .inputSchema(fromForm(tokenAlone))
  .stateAction(async ({ parsedInput: { token }, ctx: { db } }) => {
    await db.rpc('accept_invitation', { token }).throwOnError()
    revalidatePath('/', 'layout')
    redirect('/')
  })
