import { clsx } from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'

export type TabLink = { label: ReactNode; href: string; count?: number | undefined; current: boolean }

type TabLinksProps = {
  label: string
  tabs: readonly TabLink[]
  /** portal: taller, marked in the agency's colour. */
  look?: 'desk' | 'portal'
  className?: string
}

/** Sub-queues and sub-pages as links with their counts; on a phone they scroll sideways. */
export function TabLinks({ label, tabs, look = 'desk', className }: TabLinksProps) {
  const portal = look === 'portal'
  return (
    <nav
      aria-label={label}
      className={clsx(
        'no-scrollbar flex overflow-x-auto border-b',
        portal ? 'gap-7 border-rule-2' : 'gap-[18px] border-rule',
        className,
      )}
    >
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? 'page' : undefined}
          className={clsx(
            'whitespace-nowrap border-transparent font-mid text-ink-2 no-underline! hover:text-ink aria-[current]:text-ink',
            'focus-visible:outline-offset-[-2px] pointer-coarse:py-3',
            portal
              ? 'border-b-[3px] py-3 text-[14px] leading-5 aria-[current]:border-agency'
              : 'border-b-2 py-2 aria-[current]:border-ink',
          )}
        >
          {tab.label}
          {tab.count !== undefined && <span className="ml-1 font-text text-ink-3">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  )
}
