import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { RefusalError } from '#lib/errors.ts'
import { signInPath } from '#lib/identity/paths.ts'
import { refusal } from '#lib/refusals.ts'
import type { Db } from './db.ts'
import { requestFacts } from './request-facts.ts'
import { requestDb } from './server.ts'

export type Session = { db: Db; userId: string; email: string }

/**
 * Who asks, or null. Middleware verified the token once for this request; a forged header would open
 * nothing, since the database checks the same token again on every call.
 */
export const getSession = cache(async (): Promise<Session | null> => {
  const facts = await headers()
  if (facts.get(requestFacts.unreachable)) throw new RefusalError(refusal('no_connection'))
  const userId = facts.get(requestFacts.userId)
  const token = facts.get(requestFacts.token)
  if (!userId || !token) return null
  return { db: requestDb(token), userId, email: decodeURIComponent(facts.get(requestFacts.email) ?? '') }
})

/** For pages of people who are signed in; others go to sign in and come back to the same page. */
export async function requireSession(): Promise<Session> {
  const session = await getSession()
  if (!session) redirect(signInPath((await headers()).get(requestFacts.path)))
  return session
}
