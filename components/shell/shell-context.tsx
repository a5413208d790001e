'use client'

import { createContext, useContext } from 'react'
import type { Area, AreaName, RailRow, ShellBrand } from './areas.ts'

export type Theme = 'system' | 'light' | 'dark'

/** What a person is looked for by: pieces of every brand they are on. */
export type PaletteHit = {
  id: string
  href: string
  /** "OE-325" */
  slug: string
  title: string
  status: string
  /** "Fri 25, 07:30", "no date" */
  when: string
  thumbUrl?: string | null
}

export type ShellFacts = {
  person: { name: string; email: string }
  agencyName: string
  brands: readonly ShellBrand[]
  current: ShellBrand | null
  /** The areas whose pages exist. */
  areas: readonly AreaName[]
  counts: Partial<Record<AreaName, number>>
  /** Where a new brand is made, for those who may. */
  newBrandHref?: string | undefined
  theme: Theme
  chooseTheme: (theme: Theme) => Promise<unknown>
  signOut: () => Promise<unknown>
  findPieces?: ((query: string) => Promise<PaletteHit[]>) | undefined
}

export type Shell = ShellFacts & {
  rows: readonly RailRow[]
  area: Area | undefined
  openPalette: () => void
  openKeys: () => void
  openNewPost: () => void
  /** Brands the person may write for; none: no New post anywhere. */
  writable: readonly ShellBrand[]
}

const ShellContext = createContext<Shell | null>(null)
export const ShellProvider = ShellContext

export function useShell(): Shell {
  const shell = useContext(ShellContext)
  if (!shell) throw new Error('Only inside DeskShell')
  return shell
}
