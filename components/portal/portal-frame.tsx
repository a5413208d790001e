import Link from 'next/link'
import type { ReactNode } from 'react'
import { SignOutButton } from '#components/auth/sign-out-button.tsx'
import { PortalShell } from '#components/shell/portal-shell.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { signOut } from '#lib/identity/actions.ts'
import { can } from '#lib/members/roles.ts'
import { zoneAbbreviation, zoneCity } from '#lib/time/format.ts'
import { portalHref } from './portal-href.ts'

type PortalFrameProps = {
  brand: Brand
  person: { name: string; email: string }
  counts: { needsOk: number; comingUp: number }
  /** Whether the person is the client of other brands too. */
  hasOthers: boolean
  now: Date
  children: ReactNode
}

/** A brand's client page: its colour over the agency's name, the three shelves, whose page this is. */
export function PortalFrame({ brand, person, counts, hasOthers, now, children }: PortalFrameProps) {
  return (
    <PortalShell
      agency={{ name: brand.agencyName, colour: brand.primaryColor }}
      person={person}
      tabs={[
        { label: 'Needs your OK', href: portalHref(brand.slug), count: counts.needsOk || undefined },
        {
          label: 'Coming up',
          href: portalHref(brand.slug, '/upcoming'),
          count: counts.comingUp || undefined,
        },
        { label: 'Published', href: portalHref(brand.slug, '/published') },
      ]}
      signOut={signOut.bind(null, {}, { scope: 'local' })}
      foot={
        <div className="grid justify-items-start gap-1">
          <p>
            Times in {zoneCity(brand.timeZone)} ({zoneAbbreviation(now, brand.timeZone)}).{' '}
            {can(brand, 'approvals.decide_client') && (
              <Link href={portalHref(brand.slug, '/preferences')}>Mail preferences</Link>
            )}{' '}
            {hasOthers && <Link href="/portal">Other brands</Link>}
          </p>
          <p>This page is for {person.email}. Not you?</p>
          <SignOutButton look="bare" size="sm" className="-ml-2">
            Sign out
          </SignOutButton>
        </div>
      }
    >
      {children}
    </PortalShell>
  )
}
