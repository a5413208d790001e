import type { Metadata } from 'next'
import { z } from 'zod'
import { peekInvitation } from '#lib/members/queries.ts'
import { getSession } from '#lib/supabase/session.ts'
import { ClosedInvitation } from './closed-invitation.tsx'
import { OpenInvitation } from './open-invitation.tsx'

export const metadata: Metadata = { title: 'Invitation', robots: { index: false } }

const search = z.object({ refused: z.string().optional().catch(undefined) })

/** What an invitation opens, from whom, until when. Looking at it uses nothing up. */
export default async function JoinPage({ params, searchParams }: PageProps<'/join/[token]'>) {
  const { token } = await params
  const { refused } = search.parse(await searchParams)
  const [invitation, session] = await Promise.all([peekInvitation(token), getSession()])
  const { state } = invitation
  if (state !== 'valid') {
    return <ClosedInvitation state={state} invitation={invitation} signedIn={session !== null} />
  }
  return <OpenInvitation token={token} invitation={invitation} session={session} refused={refused} />
}
