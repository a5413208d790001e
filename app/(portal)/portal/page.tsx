import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { DoorSheet } from '#components/auth/door-sheet.tsx'
import { portalHref } from '#components/portal/portal-href.ts'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { listMyBrands } from '#lib/brands/queries.ts'
import { can, isClientRole } from '#lib/members/roles.ts'

export const metadata: Metadata = { title: 'Your brands' }

/** Whoever is the client of one brand lands on it; of several, they choose. */
export default async function PortalPage() {
  const visible = (await listMyBrands()).filter((brand) => can(brand, 'content.view_shared'))
  const own = visible.filter((brand) => isClientRole(brand.role))
  const brands = own.length > 0 ? own : visible
  const [only] = brands
  if (only && brands.length === 1) redirect(portalHref(only.slug))
  return (
    <DoorSheet title="Which brand?">
      <ul className="border-t border-rule-2">
        {brands.map((brand) => (
          <li key={brand.id} className="border-b border-rule">
            <Link
              href={portalHref(brand.slug)}
              className="flex min-h-13 items-center gap-3 py-2 text-md text-ink no-underline!"
            >
              <BrandMark code={brand.code} colour={brand.primaryColor} />
              <span className="min-w-0 flex-1 truncate font-mid">{brand.name}</span>
              <span className="text-sm text-ink-3">{brand.agencyName}</span>
            </Link>
          </li>
        ))}
      </ul>
    </DoorSheet>
  )
}
