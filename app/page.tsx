import { redirect } from 'next/navigation'
import { whereToGo } from '#lib/brands/destinations.ts'
import { listMyAgencies, listMyBrands } from '#lib/brands/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'

/** Nobody stays here: each person goes to where they belong. */
export default async function HomePage() {
  await requireSession()
  const [brands, agencies] = await Promise.all([listMyBrands(), listMyAgencies()])
  redirect(whereToGo({ brands, agencies }))
}
