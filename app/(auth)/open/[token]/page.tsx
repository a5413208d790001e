import type { Metadata } from 'next'
import { z } from 'zod'
import { DoorSheet } from '#components/auth/door-sheet.tsx'
import { PostedForm } from '#components/form/posted-form.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { isKnownCode, sentenceFor } from '#lib/errors.ts'
import { peekPortalLink } from '#lib/members/queries.ts'
import { getSession } from '#lib/supabase/session.ts'

export const metadata: Metadata = { title: 'Your page', robots: { index: false } }

const search = z.object({ refused: z.string().refine(isKnownCode).optional().catch(undefined) })

/** A client's mailed link. The GET shows whose page it is; the button signs them in on this device. */
export default async function OpenPage({ params, searchParams }: PageProps<'/open/[token]'>) {
  const { token } = await params
  const { refused } = search.parse(await searchParams)
  const [link, session] = await Promise.all([peekPortalLink(token), getSession()])
  const { agency_name: agency, brand_name: brand, person_name: person } = link

  if (link.state !== 'valid') {
    return (
      <DoorSheet title="This link is no longer open" agencyName={agency}>
        <p className="text-md text-ink-2">{sentenceFor(`link_${link.state}`)}</p>
        <p>Or have a link mailed to you: it goes to the address your agency knows.</p>
        <div>
          <ButtonLink href="/sign-in?with=link&next=%2Fportal" look="act">
            Mail me a link
          </ButtonLink>
        </div>
      </DoorSheet>
    )
  }
  return (
    <DoorSheet
      title={person ? `${person}, this page is yours` : `Your page for ${brand}`}
      agencyName={agency}
    >
      <p className="text-md">Here you read what goes out for {brand} before it does.</p>
      <PostedForm url="/api/portal/open" deed="opened" refused={refused} button="Open my page">
        <input type="hidden" name="token" value={token} />
      </PostedForm>
      {session && (
        <p className="text-ink-3">
          You are signed in here as {session.email}. Opening this page signs you out of that.
        </p>
      )}
      <p className="text-ink-3">
        Opening the mail did not use the link up; it stays good on your other devices too. This device stays
        signed in.
      </p>
      <p className="text-ink-3">
        Not {person ?? 'you'}? Close this page, and tell {agency} that it reached you.
      </p>
    </DoorSheet>
  )
}
