'use client'

import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { clsx } from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'

const frame = 'inline-flex h-(--control) overflow-clip rounded-2 border border-rule-2 bg-sheet'
const part = clsx(
  'grid place-items-center border-l border-rule px-[11px] font-mid text-ink-2 no-underline! first:border-l-0 hover:text-ink',
  'focus-visible:outline-offset-[-3px]',
)

export type SegmentLink = { label: ReactNode; href: string; current: boolean }

/** Views of one thing as links; the URL keeps which. */
export function SegmentLinks({
  label,
  items,
  className,
}: {
  label: string
  items: readonly SegmentLink[]
  className?: string
}) {
  return (
    <nav aria-label={label} className={clsx(frame, className)}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item.current ? 'page' : undefined}
          className={clsx(part, 'aria-[current]:bg-ink aria-[current]:text-paper')}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  )
}

type SegmentChoiceProps<Value extends string> = {
  label: string
  items: readonly { value: Value; label: ReactNode }[]
  value: Value
  onValueChange: (value: Value) => void
  className?: string
}

/** The same for a choice that stays on the page: arrows move, Space presses, one is always pressed. */
export function SegmentChoice<Value extends string>(props: SegmentChoiceProps<Value>) {
  const { label, items, value, onValueChange, className } = props
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => next !== undefined && onValueChange(next)}
      className={clsx(frame, className)}
    >
      {items.map((item) => (
        <Toggle
          key={item.value}
          value={item.value}
          className={clsx(part, 'aria-pressed:bg-ink aria-pressed:text-paper')}
        >
          {item.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
