import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { storageRefusal } from '../answers.ts'
import type { Correction } from '../correction.ts'
import { pathUnder } from '../requests.ts'

const tokenContent = z.looseObject({ exp: z.number() })

/** lite answers 500 to a signed address with a wrong or expired token; hosted Storage refuses it. */
export const signedTokens: Correction =
  ({ keys }, next) =>
  async (request) => {
    const path = pathUnder('/storage/v1', request)
    if (!path || !/^\/object\/(upload\/)?sign\//.test(path)) return next(request)
    const token = new URL(request.url).searchParams.get('token')
    if (token === null) return next(request)

    const reason = whyInvalid(token, keys.jwtSecret)
    return reason ? storageRefusal('400', 'InvalidJWT', reason) : next(request)
  }

function whyInvalid(token: string, secret: string): string | undefined {
  const [head = '', content = '', signature = ''] = token.split('.')
  const given = Buffer.from(signature, 'base64url')
  const expected = createHmac('sha256', secret).update(`${head}.${content}`).digest()
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'invalid signature'
  const { exp } = tokenContent.parse(JSON.parse(Buffer.from(content, 'base64url').toString()))
  return exp * 1000 < Date.now() ? '"exp" claim timestamp check failed' : undefined
}
