'use client'

import { Popover as Base } from '@base-ui/react/popover'
import { clsx } from 'clsx'
import type { ReactElement, ReactNode } from 'react'
import { popupClass } from './popup-class.ts'

type PopoverProps = {
  /** A Button or any element that takes a press. */
  trigger: ReactElement
  /** Names the popover for readers; shown at its head unless hidden. */
  title: ReactNode
  hideTitle?: boolean
  children: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  className?: string
}

/** A small surface over the page for one question; Esc and a press outside close it. */
export function Popover(props: PopoverProps) {
  const { trigger, title, hideTitle, children, side = 'bottom', align = 'start', className, ...root } = props
  return (
    <Base.Root {...root}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-(--z-popover)"
        >
          <Base.Popup
            className={clsx(
              popupClass,
              'max-h-(--available-height) w-[320px] max-w-[calc(100vw-16px)] overflow-y-auto p-3',
              className,
            )}
          >
            <Base.Title className={hideTitle ? 'sr-only' : 'head-3 mb-2'}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
