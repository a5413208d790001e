import { z } from 'zod'
import { RefusalError } from '#lib/errors.ts'
import { newPassword } from '#lib/identity/schema.ts'
import { peekInvitation } from '#lib/members/queries.ts'
import { isClientRole } from '#lib/members/roles.ts'
import { joining } from '#lib/members/schema.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'
import { isFromThisSite } from '#lib/same-origin.ts'
import { serviceDb } from '#lib/supabase/service.ts'
import { answerForm, type FormAnswer, refusalOf } from '../answer.ts'
import { mintSession } from '../mint-session.ts'

const staffJoining = joining.extend({ password: newPassword })

/** Makes the account that an invitation was mailed to, signs it in, and accepts as that person. */
export async function POST(request: Request) {
  const fields = Object.fromEntries(await request.formData())
  const page = `/join/${encodeURIComponent(String(fields.token ?? ''))}` as const
  const answer = isFromThisSite(request)
    ? await join(fields).catch((error: unknown) => ({ refusal: refusalOf(error, 'api/join') }))
    : { refusal: refusal('origin_not_ours') }
  return answerForm(request, answer, page)
}

async function join(fields: Record<string, FormDataEntryValue>): Promise<FormAnswer> {
  const { token } = z.object({ token: z.string() }).parse(fields)
  const invitation = await peekInvitation(token)
  if (invitation.state !== 'valid') return { refusal: refusal(`invite_${invitation.state}`) }

  // Clients choose no password: their mails carry links, and signing in by mail is always open.
  const byLink = invitation.role ? isClientRole(invitation.role) : false
  const input = (byLink ? joining : staffJoining).safeParse(fields)
  if (!input.success) {
    return { refusal: refusal('input_invalid'), fieldErrors: z.flattenError(input.error).fieldErrors }
  }

  const service = serviceDb()
  const { data: email } = await service.rpc('invitation_address', { token }).throwOnError()
  if (!email) return { refusal: refusal('invite_unknown') }
  const created = await service.auth.admin.createUser({
    email,
    email_confirm: true, // the invitation reached the address, so it is theirs
    user_metadata: { display_name: input.data.displayName },
    ...('password' in input.data && { password: String(input.data.password) }),
  })
  if (refusalFrom(created.error)?.code === 'account_exists') {
    return { refusal: refusal('invite_account_exists', { email }) }
  }
  if (created.error) throw created.error

  const joined = await mintSession(service, email)
  const accepted = await joined.rpc('accept_invitation', { token })
  if (accepted.error) throw new RefusalError(refusalOf(accepted.error, 'api/join'))
  return { redirectTo: '/' }
}
