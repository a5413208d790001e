import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { listMyBrands } from '#lib/brands/queries.ts'
import { can } from '#lib/members/roles.ts'

/** The client's page. Staff may look at it too: they see what the client sees. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const brands = await listMyBrands()
  if (!brands.some((brand) => can(brand, 'content.view_shared'))) redirect('/')
  return children
}
