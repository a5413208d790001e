'use client'

import { useParams } from 'next/navigation'
import type { ReactNode } from 'react'
import type { AreaName } from '#components/shell/areas.ts'
import { DeskShell } from '#components/shell/desk-shell.tsx'
import type { ShellFacts } from '#components/shell/shell-context.tsx'
import { unwrap } from '#lib/errors.ts'
import { chooseTheme, signOut } from '#lib/identity/actions.ts'
import { findPieces } from './find-pieces.ts'

/** Areas that have pages; an area enters the rail with its first page. */
const areas: readonly AreaName[] = [
  'today',
  'overview',
  'calendar',
  'content',
  'approvals',
  'media',
  'publishing',
  'connections',
  'settings',
  'inbox',
]

type DeskFrameProps = Pick<ShellFacts, 'person' | 'agencyName' | 'brands' | 'newBrandHref' | 'theme'> & {
  /** Pieces that wait for this person's own decision, by brand id. */
  askedOfMe: ReadonlyMap<string, number>
  /** Lines of their inbox they have not read. */
  unread: number
  children: ReactNode
}

/** The shell around every page of the desk. It outlives a change of brand, so the brand is read from the address. */
export function DeskFrame({ children, askedOfMe, unread, ...facts }: DeskFrameProps) {
  const { brand: slug } = useParams()
  const current = facts.brands.find((brand) => brand.slug === slug) ?? null
  return (
    <DeskShell
      {...facts}
      current={current}
      areas={areas}
      counts={{
        today: [...askedOfMe.values()].reduce((sum, count) => sum + count, 0),
        approvals: current ? (askedOfMe.get(current.id) ?? 0) : 0,
        inbox: unread,
      }}
      chooseTheme={(theme) => chooseTheme({}, { theme })}
      findPieces={(words) => unwrap(findPieces(words))}
      signOut={() => signOut({}, { scope: 'local' })}
    >
      {children}
    </DeskShell>
  )
}
