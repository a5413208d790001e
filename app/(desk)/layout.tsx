import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { countAskedOfMe } from '#lib/approvals/counts.ts'
import { listDeskBrands, listMyAgencies, makesBrands } from '#lib/brands/queries.ts'
import { chosenTheme } from '#lib/identity/theme.ts'
import { myProfile } from '#lib/members/queries.ts'
import { countUnread } from '#lib/notifications/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { DeskFrame } from './desk-frame.tsx'

/** The desk of the agency's people; clients and newcomers are shown to their own doors. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const { db, userId, email } = await requireSession()
  const [brands, agencies, profile, theme, askedOfMe, unread] = await Promise.all([
    listDeskBrands(),
    listMyAgencies(),
    myProfile(),
    chosenTheme(),
    countAskedOfMe(db, { userId }),
    countUnread(db, { userId }),
  ])
  if (brands.length === 0 && agencies.length === 0) redirect('/')
  return (
    <DeskFrame
      person={{ name: profile.displayName, email }}
      agencyName={agencies[0]?.name ?? brands[0]?.agencyName ?? ''}
      brands={brands.map(({ id, slug, name, code, primaryColor, role, permissions }) => ({
        id,
        slug,
        name,
        code,
        primaryColor,
        role,
        permissions,
      }))}
      newBrandHref={agencies.some(makesBrands) ? '/brands/new' : undefined}
      theme={theme}
      askedOfMe={askedOfMe}
      unread={unread}
    >
      {children}
    </DeskFrame>
  )
}
