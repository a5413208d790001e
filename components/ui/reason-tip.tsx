'use client'

import { Tooltip } from '@base-ui/react/tooltip'
import { type ReactElement, useId, useState } from 'react'

/** Says why the control within cannot be used: on hover, on focus, and on a tap or press. */
export function ReasonTip({ reason, children }: { reason: string; children: ReactElement }) {
  const [open, setOpen] = useState(false)
  const reasonId = useId()
  return (
    <Tooltip.Provider delay={120}>
      <Tooltip.Root open={open} onOpenChange={setOpen}>
        <Tooltip.Trigger
          render={children}
          closeOnClick={false}
          aria-describedby={reasonId}
          onClick={(event) => {
            event.preventDefault()
            setOpen(true)
          }}
        />
        <span id={reasonId} className="sr-only">
          {reason}
        </span>
        <Tooltip.Portal>
          <Tooltip.Positioner sideOffset={6} className="z-(--z-popover)">
            <Tooltip.Popup className="max-w-[280px] rounded-2 bg-ink px-2.5 py-1.5 text-xs text-paper shadow-2">
              {reason}
            </Tooltip.Popup>
          </Tooltip.Positioner>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  )
}
