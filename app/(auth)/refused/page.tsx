import type { Metadata } from 'next'
import { z } from 'zod'
import { DoorSheet } from '#components/auth/door-sheet.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { isKnownCode, sentenceFor } from '#lib/errors.ts'

export const metadata: Metadata = { title: 'Not done' }

const search = z.object({ code: z.string().refine(isKnownCode).catch('unexpected') })

/** Where a refusal lands that has no page of its own, such as a network's answer to a connection. */
export default async function RefusedPage({ searchParams }: PageProps<'/refused'>) {
  const { code } = search.parse(await searchParams)
  return (
    <DoorSheet title="That did not work">
      <p className="text-ink-2">{sentenceFor(code)}</p>
      <div>
        <ButtonLink href="/" look="act">
          Go to the desk
        </ButtonLink>
      </div>
    </DoorSheet>
  )
}
