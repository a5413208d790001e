'use client'

import { useParams } from 'next/navigation'
import type { ReactNode } from 'react'
import type { AreaName } from '#components/shell/areas.ts'
import { DeskShell } from '#components/shell/desk-shell.tsx'
import type { ShellFacts } from '#components/shell/shell-context.tsx'
import { chooseTheme, signOut } from '#lib/identity/actions.ts'

/** Areas that have pages; an area enters the rail with its first page. */
const areas: readonly AreaName[] = [
  'today',
  'calendar',
  'content',
  'approvals',
  'media',
  'connections',
  'settings',
  'inbox',
]

type DeskFrameProps = Pick<
  ShellFacts,
  'person' | 'agencyName' | 'brands' | 'newBrandHref' | 'theme' | 'counts'
> & {
  children: ReactNode
}

/** The shell around every page of the desk. It outlives a change of brand, so the brand is read from the address. */
export function DeskFrame({ children, ...facts }: DeskFrameProps) {
  const { brand: slug } = useParams()
  const current = facts.brands.find((brand) => brand.slug === slug) ?? null
  return (
    <DeskShell
      {...facts}
      current={current}
      areas={areas}
      chooseTheme={(theme) => chooseTheme({}, { theme })}
      signOut={() => signOut({}, { scope: 'local' })}
    >
      {children}
    </DeskShell>
  )
}
