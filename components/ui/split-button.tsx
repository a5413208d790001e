'use client'

import { clsx } from 'clsx'
import { ChevronDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { Button } from './button.tsx'
import { Menu } from './menu.tsx'

type SplitButtonProps = ComponentProps<typeof Button> & {
  /** Names the second half: "Other ways to send". */
  menuLabel: string
  /** MenuItem, MenuLink, MenuRule. */
  menu: ReactNode
}

/** The way most take, and the other ways behind it; Down opens them. */
export function SplitButton({
  menuLabel,
  menu,
  className,
  look = 'plain',
  size = 'md',
  ...main
}: SplitButtonProps) {
  const blocked = Boolean(main.disabledReason || main.disabled)
  return (
    <div className={clsx('flex', className)}>
      <Button {...main} look={look} size={size} className="flex-1 rounded-r-none!" />
      <Menu
        align="end"
        trigger={
          <Button
            look={blocked ? 'plain' : look}
            size={size}
            aria-label={menuLabel}
            className={clsx(
              'rounded-l-none! px-2!',
              blocked || look === 'plain'
                ? '-ml-px'
                : 'border-l-[color-mix(in_oklch,currentColor_35%,transparent)]!',
            )}
          >
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        {menu}
      </Menu>
    </div>
  )
}
