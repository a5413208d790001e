import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { authRefusal } from '../answers.ts'
import type { Correction } from '../correction.ts'
import { pathUnder } from '../requests.ts'

const session = z.looseObject({ access_token: z.string() })
const claimsOfLite = z.looseObject({ sub: z.uuid(), iat: z.number() })

type Holder = {
  phone: string | null
  raw_app_meta_data: Record<string, unknown> | null
  raw_user_meta_data: Record<string, unknown> | null
  is_banned: boolean
}

/**
 * lite's access tokens name the user and no more. Policies, `getClaims` and the seeder expect the claims of
 * hosted ones; and a banned user gets no token at all.
 */
export const accessTokens: Correction =
  ({ sql, keys, url }, next) =>
  async (request) => {
    const path = pathUnder('/auth/v1', request)
    const response = await next(request)
    const issuesTokens = request.method === 'POST' && ['/token', '/signup', '/verify'].includes(path ?? '')
    if (!issuesTokens || !response.ok) return response

    const issued = session.safeParse(await response.clone().json())
    if (!issued.success) return response // a sign-up that waits for confirmation
    const claims = claimsOfLite.parse(JSON.parse(decode(issued.data.access_token.split('.')[1] ?? '')))
    const [holder] = await sql<Holder[]>`
    select phone, raw_app_meta_data, raw_user_meta_data, coalesce(banned_until > now(), false) as is_banned
      from auth.users where id = ${claims.sub}`
    if (holder?.is_banned) return authRefusal(400, 'user_banned', 'User is banned')

    const byPassword =
      path === '/signup' || new URL(request.url).searchParams.get('grant_type') === 'password'
    const hostedClaims = {
      iss: `${url}/auth/v1`,
      ...claims,
      phone: holder?.phone ?? '',
      app_metadata: holder?.raw_app_meta_data ?? {},
      user_metadata: holder?.raw_user_meta_data ?? {},
      aal: 'aal1',
      amr: [{ method: byPassword ? 'password' : 'otp', timestamp: claims.iat }],
      is_anonymous: false,
    }
    const headers = new Headers(response.headers)
    headers.delete('content-length')
    const body = { ...issued.data, access_token: sign(hostedClaims, keys.jwtSecret) }
    return new Response(JSON.stringify(body), { status: response.status, headers })
  }

function sign(claims: object, secret: string): string {
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function decode(part: string): string {
  return Buffer.from(part, 'base64url').toString()
}
