import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { Composer } from '#components/content/composer/composer.tsx'
import { requireBrand } from '#lib/brands/queries.ts'
import { actsOn } from '#lib/content/acts.ts'
import { newChannel } from '#lib/content/schema.ts'
import { listAssets } from '#lib/media/library.ts'
import { can } from '#lib/members/roles.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { composerBrand, deskFacts } from '../desk-facts.ts'

export const metadata: Metadata = { title: 'New post' }

const wished = z.object({ picture: z.uuid().optional().catch(undefined) })

/** An empty composer. The piece itself is made by the first word that is typed, never by this page. */
export default async function NewPostPage({
  params,
  searchParams,
}: PageProps<'/brands/[brand]/content/new'>) {
  const brand = await requireBrand((await params).brand)
  if (!can(brand, 'content.create')) notFound()
  const { picture } = wished.parse(await searchParams)
  const { db, userId } = await requireSession()
  const [{ accounts, people, namesOfThoseWho }, assets] = await Promise.all([
    deskFacts(db, brand),
    listAssets(db, { brandId: brand.id, ids: picture ? [picture] : [] }),
  ])
  const usable = accounts.filter((account) => account.health === 'usable')
  return (
    <Composer
      brand={composerBrand(brand)}
      accounts={accounts}
      people={people}
      post={null}
      start={{
        title: '',
        body: '',
        link: '',
        firstComment: null,
        mediaIds: assets.filter((asset) => asset.status === 'active').map((asset) => asset.id),
        // A brand of one account has nothing to choose.
        channels: usable.length === 1 ? usable.map(({ id }) => newChannel(id)) : [],
      }}
      acts={actsOn(
        { status: 'draft', version: 0, createdBy: userId, heldAt: null, hasPlan: false, isUnderway: false },
        { userId, permissions: brand.permissions },
        namesOfThoseWho,
      )}
      assets={assets}
      now={new Date().toISOString()}
      mayUpload={can(brand, 'media.upload')}
      mayComment={{ client: can(brand, 'comments.client'), internal: can(brand, 'comments.internal') }}
      jobs={null}
      timeline={null}
    />
  )
}
