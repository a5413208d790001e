'use client'

import { Tabs } from '@base-ui/react/tabs'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type FolderTab<Value extends string> = {
  value: Value
  label: ReactNode
  icon?: ReactNode
  /** Says in words why the tab carries the blue mark: "own text". */
  mark?: string | undefined
}

type FolderTabsProps<Value extends string> = {
  label: string
  tabs: readonly FolderTab<Value>[]
  value: Value
  onValueChange: (value: Value) => void
  children: ReactNode
  className?: string
}

/** In-page tabs drawn as folders: the composer's accounts. Arrows move; the panel follows. */
export function FolderTabs<Value extends string>(props: FolderTabsProps<Value>) {
  const { label, tabs, value, onValueChange, children, className } = props
  return (
    <Tabs.Root value={value} onValueChange={onValueChange} className={className}>
      <Tabs.List
        aria-label={label}
        activateOnFocus
        className="no-scrollbar flex overflow-x-auto border-b border-rule-2"
      >
        {tabs.map((tab) => (
          <Tabs.Tab
            key={tab.value}
            value={tab.value}
            className={clsx(
              '-mb-px flex h-(--control) items-center gap-1.5 rounded-t-2 border border-transparent px-3 font-mid whitespace-nowrap text-ink-2',
              'hover:text-ink focus-visible:outline-offset-[-3px] data-active:border-rule-2 data-active:border-b-sheet data-active:bg-sheet data-active:text-ink',
            )}
          >
            {tab.icon}
            {tab.label}
            {tab.mark && (
              <>
                <span aria-hidden className="size-1.5 rotate-45 bg-pencil-mark" />
                <span className="sr-only">, {tab.mark}</span>
              </>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={value} className="outline-none">
        {children}
      </Tabs.Panel>
    </Tabs.Root>
  )
}
