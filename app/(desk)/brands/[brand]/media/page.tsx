import type { Metadata } from 'next'
import Link from 'next/link'
import { AssetDrawer } from '#components/media/asset-drawer.tsx'
import { AssetTile } from '#components/media/asset-tile.tsx'
import { MediaDesk } from '#components/media/media-desk.tsx'
import { QuotaBar } from '#components/media/quota-bar.tsx'
import { ShelfChips } from '#components/media/shelf-chips.tsx'
import { ShelfEmpty } from '#components/media/shelf-empty.tsx'
import { WatchChecks } from '#components/media/watch-checks.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { WithDrawer } from '#components/ui/drawer.tsx'
import { type Brand, requireBrand } from '#lib/brands/queries.ts'
import { listLibrary, readAsset } from '#lib/media/library.ts'
import { listUses, readQuota } from '#lib/media/queries.ts'
import { mediaAddress, mediaFilter } from '#lib/media/schema.ts'
import { namesOf } from '#lib/members/queries.ts'
import { can } from '#lib/members/roles.ts'
import type { Db } from '#lib/supabase/db.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { formatInstant } from '#lib/time/format.ts'

const number = new Intl.NumberFormat('en-GB')

export const metadata: Metadata = { title: 'Media' }

export default async function MediaPage({ params, searchParams }: PageProps<'/brands/[brand]/media'>) {
  const brand = await requireBrand((await params).brand)
  const filter = mediaFilter.parse(await searchParams)
  const { db } = await requireSession()
  const [shelf, quota, drawer] = await Promise.all([
    listLibrary(db, { brandId: brand.id, ...filter }),
    readQuota(db, { brandId: brand.id }),
    filter.asset ? openedAsset(db, brand, filter.asset, mediaAddress(brand.slug, filter)) : null,
  ])
  const mayAdd = can(brand, 'media.upload')
  return (
    <WithDrawer drawer={drawer}>
      <div className="min-w-0">
        <MediaDesk
          brandId={brand.id}
          title={filter.q ? `Files named like “${filter.q}”` : titles[filter.shelf]}
          meta={
            shelf.count === null ? null : shelf.count === 1 ? '1 file' : `${number.format(shelf.count)} files`
          }
          addingRefused={
            mayAdd ? null : 'Your role here does not add files. Owners, admins, managers and creators do.'
          }
          filters={<ShelfChips brandSlug={brand.slug} filter={filter} />}
        >
          {shelf.rows.length === 0 ? (
            <ShelfEmpty brand={brand} filter={filter} mayAdd={mayAdd} />
          ) : (
            <ul className="grid grid-cols-3 gap-x-2 gap-y-2.5 md:grid-cols-[repeat(auto-fill,minmax(132px,1fr))] md:gap-3">
              {shelf.rows.map((asset) => (
                <li key={asset.id} className="min-w-0">
                  <Link
                    href={mediaAddress(brand.slug, filter, { asset: asset.id })}
                    scroll={false}
                    prefetch={false}
                    aria-current={asset.id === filter.asset ? 'true' : undefined}
                    className="block text-ink no-underline!"
                  >
                    <AssetTile asset={asset} selected={asset.id === filter.asset} />
                  </Link>
                </li>
              ))}
            </ul>
          )}
          {(shelf.next || filter.after) && (
            <nav aria-label="Pages" className="flex gap-2 pt-4">
              {filter.after && (
                <ButtonLink href={mediaAddress(brand.slug, { ...filter, after: undefined })}>
                  Newest
                </ButtonLink>
              )}
              {shelf.next && (
                <ButtonLink href={mediaAddress(brand.slug, { ...filter, after: shelf.next })}>
                  Older
                </ButtonLink>
              )}
            </nav>
          )}
          <WatchChecks count={shelf.rows.filter((asset) => asset.status === 'processing').length} />
        </MediaDesk>
        <QuotaBar quota={quota} />
      </div>
    </WithDrawer>
  )
}

const titles = {
  library: 'Pictures and videos, ready to use',
  unused: 'Never used yet',
  undescribed: 'Without alt text',
  refused: 'Refused by their check',
  archived: 'Archived',
}

async function openedAsset(db: Db, brand: Brand, assetId: string, closeHref: string) {
  const [asset, uses] = await Promise.all([
    readAsset(db, assetId),
    listUses(db, { brandId: brand.id, assetId }),
  ])
  if (!asset) return null
  const names = await namesOf(db, asset.createdBy ? [asset.createdBy] : [])
  const by = asset.createdBy ? (names.get(asset.createdBy) ?? 'someone who left') : 'someone who left'
  return (
    <AssetDrawer
      key={asset.id}
      asset={asset}
      uses={uses.map((use) => ({
        slug: `${brand.code}-${use.number}`,
        title: use.title ?? 'Untitled',
        status: use.status,
        href: `/brands/${brand.slug}/content/${use.number}`,
      }))}
      added={`${by}, ${formatInstant(asset.createdAt, brand.timeZone, 'date')}`}
      closeHref={closeHref}
      writeHref={
        can(brand, 'content.create') ? `/brands/${brand.slug}/content/new?picture=${asset.id}` : null
      }
      mayDescribe={can(brand, 'media.upload')}
      archivingRefused={
        can(brand, 'media.manage')
          ? null
          : 'Your role here does not archive files. Owners, admins and managers do.'
      }
    />
  )
}
