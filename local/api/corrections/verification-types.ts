import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Correction } from '../correction.ts'
import { pathUnder, withBody, withUrl } from '../requests.ts'

const verification = z.looseObject({
  type: z.string(),
  token_hash: z.string().optional(),
  token: z.string().optional(),
  email: z.string().optional(),
})

/** lite knows no verification types `email` and `invite`: name the one whose column holds the token. */
export const verificationTypes: Correction = ({ sql }, next) => {
  async function typeKnownToLite(type: string, tokenHash: string): Promise<string> {
    if (type === 'invite') return 'signup'
    if (type !== 'email') return type
    const [user] = await sql`select from auth.users where confirmation_token = ${tokenHash}`
    return user ? 'signup' : 'magiclink'
  }

  return async (request) => {
    if (pathUnder('/auth/v1', request) !== '/verify') return next(request)
    if (request.method === 'GET') {
      const url = new URL(request.url)
      const type = url.searchParams.get('type') ?? ''
      url.searchParams.set('type', await typeKnownToLite(type, url.searchParams.get('token') ?? ''))
      return next(withUrl(request, url))
    }
    if (request.method !== 'POST') return next(request)
    const text = await request.text()
    const body = verification.safeParse(parseJson(text))
    if (!body.success) return next(withBody(request, text))
    const { type, token_hash, token = '', email = '' } = body.data
    const known = await typeKnownToLite(type, token_hash ?? otpHash(email, token))
    return next(withBody(request, JSON.stringify({ ...body.data, type: known })))
  }
}

/** How lite turns the six digits of a mail into the stored token. */
export function otpHash(email: string, otp: string): string {
  return createHash('sha256')
    .update(email.toLowerCase() + otp)
    .digest('hex')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
