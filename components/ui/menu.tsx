'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import Link from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { popupClass } from './popup-class.ts'

type MenuProps = {
  /** The element that opens it; give it a name. */
  trigger: ReactElement
  children: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  className?: string
}

export function Menu({ trigger, children, side = 'bottom', align = 'start', className, ...root }: MenuProps) {
  return (
    <Base.Root {...root}>
      <Base.Trigger render={trigger} />
      <MenuPopup side={side} align={align} className={className}>
        {children}
      </MenuPopup>
    </Base.Root>
  )
}

type MenuPopupProps = {
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  className?: string | undefined
  children: ReactNode
}

export function MenuPopup({ side = 'bottom', align = 'start', className, children }: MenuPopupProps) {
  return (
    <Base.Portal>
      <Base.Positioner
        side={side}
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className="z-(--z-popover) outline-none"
      >
        <Base.Popup
          className={clsx(
            popupClass,
            'max-h-(--available-height) min-w-[200px] overflow-y-auto py-1',
            className,
          )}
        >
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

const row = clsx(
  'flex min-h-8 cursor-default items-center gap-2.5 px-3 py-1 text-ink no-underline! outline-none select-none',
  'data-highlighted:bg-pencil-wash data-disabled:text-ink-3 pointer-coarse:min-h-11',
)

type Face = {
  icon?: ReactNode
  /** Why it cannot be chosen; it stays in reach and says so. */
  disabledReason?: string | null | undefined
  tone?: 'plain' | 'stop'
  children: ReactNode
}

function Label({ children, reason }: { children: ReactNode; reason?: string | null | undefined }) {
  return (
    <span className="min-w-0 flex-1">
      {children}
      {reason && <span className="block text-xs text-ink-3">{reason}</span>}
    </span>
  )
}

export function MenuItem({
  icon,
  disabledReason,
  tone,
  children,
  onSelect,
}: Face & { onSelect?: () => void }) {
  return (
    <Base.Item
      disabled={Boolean(disabledReason)}
      onClick={onSelect}
      className={clsx(row, tone === 'stop' && 'text-stop')}
    >
      {icon}
      <Label reason={disabledReason}>{children}</Label>
    </Base.Item>
  )
}

export function MenuLink({ icon, children, href }: Pick<Face, 'icon' | 'children'> & { href: string }) {
  return (
    <Base.LinkItem render={<Link href={href} />} closeOnClick className={row}>
      {icon}
      <Label>{children}</Label>
    </Base.LinkItem>
  )
}

type MenuChoiceProps<Value extends string> = {
  label: string
  value: Value
  options: readonly { value: Value; label: ReactNode }[]
  onValueChange: (value: Value) => void
}

/** One of a few inside a menu; the menu stays open so that the choice can be seen at work. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onValueChange,
}: MenuChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onValueChange}>
      <MenuGroupLabel>{label}</MenuGroupLabel>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className={row}>
          <span className="size-4">
            <Base.RadioItemIndicator>
              <Check aria-hidden />
            </Base.RadioItemIndicator>
          </span>
          <Label>{option.label}</Label>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}

export function MenuGroupLabel({ children }: { children: ReactNode }) {
  return <div className="px-3 pt-2 pb-1 text-xs text-ink-3">{children}</div>
}

export function MenuRule() {
  return <Base.Separator className="my-1 h-px bg-rule" />
}
