import { authRefusal } from '../../answers.ts'
import type { ApiKeys } from '../../keys.ts'

/** The refusal for a caller without the secret key, or undefined. */
export function refuseUnlessAdmin(request: Request, { secretKey }: ApiKeys): Response | undefined {
  const { headers } = request
  const isAdmin =
    headers.get('apikey') === secretKey || headers.get('authorization') === `Bearer ${secretKey}`
  return isAdmin ? undefined : authRefusal(403, 'not_admin', 'User not allowed')
}
