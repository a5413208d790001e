import { randomInt } from 'node:crypto'
import type { Sql } from 'postgres'
import { z } from 'zod'
import { authRefusal, jsonAnswer } from '../../answers.ts'
import { renderAuthMail } from '../../auth-mails.ts'
import type { ApiParts, Correction } from '../../correction.ts'
import { pathUnder } from '../../requests.ts'
import { otpHash } from '../verification-types.ts'
import { refuseUnlessAdmin } from './admin-only.ts'
import {
  createUser,
  emailExists,
  type UserRow,
  userAnswer,
  userByEmail,
  userNotFound,
} from './users-table.ts'

const metadata = z.record(z.string(), z.json())
const invitation = z.object({ email: z.email(), data: metadata.optional() })
const wantedLink = invitation.extend({
  type: z.enum(['signup', 'invite', 'magiclink', 'recovery']),
  password: z.string().optional(),
  redirect_to: z.string().optional(),
})
type LinkType = z.infer<typeof wantedLink>['type']

/** lite has no admin API: `auth.admin.generateLink` and `inviteUserByEmail`. */
export const adminLinks: Correction = (api, next) => async (request) => {
  const path = pathUnder('/auth/v1', request)
  if (request.method !== 'POST' || (path !== '/admin/generate_link' && path !== '/invite'))
    return next(request)
  const refusal = refuseUnlessAdmin(request, api.keys)
  if (refusal) return refusal
  return path === '/invite' ? invite(api, request) : generateLink(api, request)
}

async function generateLink(api: ApiParts, request: Request): Promise<Response> {
  const wanted = wantedLink.safeParse(await request.json())
  if (!wanted.success) return authRefusal(400, 'validation_failed', z.prettifyError(wanted.error))
  const { type, email, password, data, redirect_to } = wanted.data
  const { sql } = api

  let user = await userByEmail(sql, email)
  if (user?.email_confirmed_at && (type === 'signup' || type === 'invite')) return emailExists()
  if (!user) {
    if (type === 'recovery') return userNotFound()
    const created = await createUser(sql, { email, password, userMetadata: data, emailConfirmed: false })
    if (created instanceof Response) return created
    user = created
  }

  const { otp, tokenHash } = await issueToken(sql, user, type)
  const redirect = new URL(request.url).searchParams.get('redirect_to') ?? redirect_to ?? api.siteUrl
  return jsonAnswer({
    ...(await userAnswer(sql, user)),
    action_link: verifyUrl(api, tokenHash, type, redirect),
    email_otp: otp,
    hashed_token: tokenHash,
    verification_type: type,
    redirect_to: redirect,
  })
}

async function invite(api: ApiParts, request: Request): Promise<Response> {
  const wanted = invitation.safeParse(await request.json())
  if (!wanted.success) return authRefusal(400, 'validation_failed', z.prettifyError(wanted.error))
  const { email, data } = wanted.data
  const existing = await userByEmail(api.sql, email)
  if (existing?.email_confirmed_at) return emailExists()
  const user = existing ?? (await createUser(api.sql, { email, userMetadata: data, emailConfirmed: false }))
  if (user instanceof Response) return user

  const { otp, tokenHash } = await issueToken(api.sql, user, 'invite')
  const redirect = new URL(request.url).searchParams.get('redirect_to') ?? api.siteUrl
  const mail = await renderAuthMail('invite', {
    SiteURL: api.siteUrl,
    TokenHash: tokenHash,
    Token: otp,
    Email: email,
    RedirectTo: encodeURIComponent(redirect),
  })
  await api.mailer.send({ to: email, ...mail })
  return jsonAnswer(await userAnswer(api.sql, user))
}

async function issueToken(sql: Sql, user: UserRow, type: LinkType) {
  const otp = String(randomInt(0, 1_000_000)).padStart(6, '0')
  const tokenHash = otpHash(user.email ?? '', otp)
  const now = new Date().toISOString()
  const confirms = type === 'signup' || type === 'invite'
  await sql`
    update auth.users set ${sql(
      confirms
        ? {
            confirmation_token: tokenHash,
            confirmation_sent_at: now,
            invited_at: type === 'invite' ? now : user.invited_at,
          }
        : { recovery_token: tokenHash, recovery_sent_at: now },
    )} where id = ${user.id}`
  return { otp, tokenHash }
}

function verifyUrl({ url }: ApiParts, token: string, type: LinkType, redirect: string): string {
  return `${url}/auth/v1/verify?${new URLSearchParams({ token, type, redirect_to: redirect })}`
}
