'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { clsx } from 'clsx'
import type { ReactNode, RefObject } from 'react'

type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  children: ReactNode
  /** The row of buttons; the safe one first. */
  footer?: ReactNode
  /** Where focus goes on opening; without it, the first thing that takes it. */
  initialFocus?: RefObject<HTMLElement | null>
  role?: 'dialog' | 'alertdialog'
  wide?: boolean
}

/** Modal, for what cannot be undone or must be answered before going on. On phones it sits at the foot. */
export function Dialog({
  open,
  onOpenChange,
  title,
  children,
  footer,
  initialFocus,
  role,
  wide,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-(--z-dialog) bg-scrim transition-opacity duration-(--dur-3) data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-(--z-dialog) grid items-end justify-items-center overflow-y-auto p-3 md:items-center md:p-6">
          <Base.Popup
            {...(role && { role })}
            {...(initialFocus && { initialFocus })}
            className={clsx(
              'w-full rounded-3 bg-raised shadow-3 outline-none',
              'transition-[opacity,transform] duration-(--dur-3) ease-out',
              'data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0',
              wide ? 'md:max-w-[720px]' : 'md:max-w-[460px]',
            )}
          >
            <Base.Title className="head-2 px-[18px] pt-3.5">{title}</Base.Title>
            <div className="grid gap-2.5 px-[18px] pt-2 pb-3.5">{children}</div>
            {footer && (
              <div className="flex flex-col-reverse gap-2 border-t border-rule px-[18px] py-3 md:flex-row md:flex-wrap md:justify-end max-md:*:h-11">
                {footer}
              </div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
