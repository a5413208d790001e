import type { Metadata } from 'next'
import { ApprovalsDesk } from '#components/approvals/approvals-desk.tsx'
import { speakersOf } from '#components/approvals/speakers.ts'
import { listOwnDecisions, listQueue, readForReview } from '#lib/approvals/queries.ts'
import { approvalFilter } from '#lib/approvals/schema.ts'
import { requireBrand } from '#lib/brands/queries.ts'
import { signedAddresses } from '#lib/media/addresses.ts'
import { listPeople } from '#lib/members/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { dayOf, startOfDay } from '#lib/time/wall-clock.ts'

export const metadata: Metadata = { title: 'Approvals' }

export default async function ApprovalsPage({
  params,
  searchParams,
}: PageProps<'/brands/[brand]/approvals'>) {
  const { db, userId } = await requireSession()
  const brand = await requireBrand((await params).brand)
  const filter = approvalFilter.parse(await searchParams)
  const now = new Date()
  const review = (postId: string) => readForReview(db, { brandId: brand.id, postId })

  const [pieces, decided, people, asked] = await Promise.all([
    listQueue(db, { brandId: brand.id, userId }),
    listOwnDecisions(db, {
      brandId: brand.id,
      userId,
      since: startOfDay(dayOf(now.toISOString(), brand.timeZone), brand.timeZone),
    }),
    listPeople(db, { brandId: brand.id }),
    filter.post ? review(filter.post) : null,
  ])
  const queue = filter.queue ?? pieces.find((piece) => piece.id === filter.post)?.queue ?? 'mine'
  const first = pieces.find((piece) => piece.queue === queue)
  const piece = asked ?? (filter.post === undefined && first ? await review(first.id) : null)
  const paths = [
    ...[...pieces, ...decided].flatMap(({ picturePath }) => picturePath ?? []),
    ...(piece?.versions ?? []).flatMap((version) => version.pictures.map(({ path }) => path)),
  ]
  return (
    <ApprovalsDesk
      brand={brand}
      userId={userId}
      filter={{ ...filter, queue }}
      pieces={pieces}
      decided={decided}
      piece={piece}
      people={people}
      speaker={speakersOf(people)}
      pictures={await signedAddresses(db, paths)}
      now={now}
    />
  )
}
