'use client'

import { usePathname, useRouter } from 'next/navigation'
import { type ReactNode, useMemo, useState } from 'react'
import { areaAt, hasSlimRail, newPostPath, railRows } from './areas.ts'
import { BrandChoice } from './brand-choice.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { type ShellFacts, ShellProvider } from './shell-context.tsx'
import { SkipLink } from './skip-link.tsx'
import { TabBar } from './tab-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'

type DeskShellProps = ShellFacts & { children: ReactNode }

/**
 * The frame of the desk: rail, bar, phone tabs, palette and keys around one page.
 * A page that brings its own bar renders <OwnBar>; the plain one then steps aside.
 */
export function DeskShell({ children, ...facts }: DeskShellProps) {
  const { brands, current, areas } = facts
  const pathname = usePathname()
  const router = useRouter()
  const [palette, setPalette] = useState(false)
  const [keys, setKeys] = useState(false)
  const [choosing, setChoosing] = useState(false)

  const area = areaAt(pathname, current)
  const rows = useMemo(() => railRows(current, areas, brands), [current, areas, brands])
  const writable = useMemo(() => brands.filter((brand) => brand.permissions.has('content.create')), [brands])

  function openNewPost() {
    const here =
      current && writable.includes(current) ? current : writable.length === 1 ? writable[0] : undefined
    if (here) router.push(newPostPath(here.slug))
    else if (writable.length > 0) setChoosing(true)
  }

  useShortcuts({
    'mod+k': () => setPalette((open) => !open),
    n: openNewPost,
    '?': () => setKeys(true),
    '/': () => {
      const filter = document.querySelector<HTMLInputElement>('[data-page-filter]')
      if (filter) filter.focus()
      else setPalette(true)
    },
  })

  return (
    <ShellProvider
      value={{
        ...facts,
        area,
        rows,
        writable,
        openNewPost,
        openPalette: () => setPalette(true),
        openKeys: () => setKeys(true),
      }}
    >
      <SkipLink />
      <div
        data-rail={hasSlimRail(pathname, area) ? 'slim' : 'full'}
        className="group/desk grid min-h-dvh grid-cols-[minmax(0,1fr)] max-md:pb-[calc(58px+env(safe-area-inset-bottom))] md:grid-cols-[var(--rail)_minmax(0,1fr)] md:data-[rail=slim]:grid-cols-[var(--rail-slim)_minmax(0,1fr)]"
      >
        <Rail />
        <div className="min-w-0">
          <TopBar />
          <main id="main" tabIndex={-1} className="outline-none">
            {children}
          </main>
        </div>
      </div>
      <TabBar />
      <Palette open={palette} onOpenChange={setPalette} />
      <KeysDialog open={keys} onOpenChange={setKeys} />
      <BrandChoice open={choosing} onOpenChange={setChoosing} />
    </ShellProvider>
  )
}
