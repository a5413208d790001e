'use client'

import { usePathname } from 'next/navigation'
import { createContext, type ReactNode, useContext } from 'react'
import { TabLinks } from '#components/ui/tab-links.tsx'

export type PortalTab = { label: string; href: string; count?: number | undefined }

const PortalTabsContext = createContext<readonly PortalTab[]>([])

export function PortalTabsProvider({ tabs, children }: { tabs: readonly PortalTab[]; children: ReactNode }) {
  return <PortalTabsContext value={tabs}>{children}</PortalTabsContext>
}

type PortalHeadProps = {
  /** What waits, said to the person: "Two posts need your OK, Marguerite". */
  title: ReactNode
  note?: ReactNode
}

/** The portal's page head, and under it the three ways through it. */
export function PortalHead({ title, note }: PortalHeadProps) {
  const tabs = useContext(PortalTabsContext)
  const pathname = usePathname()
  // What lies below a tab is its own, but for the one that every other tab lies below.
  const holdsOthers = (tab: PortalTab) => tabs.some((other) => other.href.startsWith(`${tab.href}/`))
  const current = tabs.find(
    (tab) => pathname === tab.href || (pathname.startsWith(`${tab.href}/`) && !holdsOthers(tab)),
  )
  return (
    <>
      <header className="px-4 pt-[18px] pb-1 md:px-0 md:pt-[30px]">
        <h1 className="text-[1.75rem]/8 font-head tracking-[-0.015em] font-stretch-[86%]">{title}</h1>
        {note && <p className="mt-1 text-md text-ink-2">{note}</p>}
      </header>
      <TabLinks
        label="Your posts"
        look="portal"
        tabs={tabs.map((tab) => ({ ...tab, current: tab === current }))}
        className="sticky top-0 z-(--z-sticky) mt-2 justify-between bg-paper px-4 md:justify-start md:px-0"
      />
    </>
  )
}
