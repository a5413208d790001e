import { PortalFrame } from '#components/portal/portal-frame.tsx'
import { listMyBrands, requirePortalBrand } from '#lib/brands/queries.ts'
import { myProfile } from '#lib/members/queries.ts'
import { isClientRole } from '#lib/members/roles.ts'
import { listAskedOfMe, listOpenPosts } from '#lib/portal/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'

export default async function PortalBrandLayout({ children, params }: LayoutProps<'/portal/[brand]'>) {
  const { db, userId, email } = await requireSession()
  const brand = await requirePortalBrand((await params).brand)
  const [brands, profile, open, asked] = await Promise.all([
    listMyBrands(),
    myProfile(),
    listOpenPosts(db, brand.id),
    listAskedOfMe(db, brand.id, userId),
  ])
  return (
    <PortalFrame
      brand={brand}
      person={{ name: profile.displayName, email }}
      counts={{ needsOk: asked.size, comingUp: open.coming_up.length }}
      hasOthers={brands.filter((one) => isClientRole(one.role)).length > 1}
      now={new Date()}
    >
      {children}
    </PortalFrame>
  )
}
