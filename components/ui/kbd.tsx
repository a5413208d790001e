import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

/** A key to press. Readers get keys from aria-keyshortcuts, so inside a button give it aria-hidden. */
export function Kbd({ className, ...rest }: ComponentProps<'kbd'>) {
  return (
    <kbd
      {...rest}
      className={clsx(
        'rounded-1 border border-rule-2 bg-paper px-1 font-sans text-2xs leading-[15px] text-ink-3 font-stretch-[82%]',
        'in-[button]:border-[color-mix(in_oklab,currentColor_45%,transparent)] in-[button]:bg-transparent in-[button]:text-inherit',
        className,
      )}
    />
  )
}
