import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

export const linkClass =
  'min-h-6 text-left whitespace-nowrap text-pencil hover:underline hover:underline-offset-2 pointer-coarse:min-h-11'

/** An act that reads as a link: small mends beside what they mend. */
export function LinkButton({ className, ...rest }: ComponentProps<'button'>) {
  return <button {...rest} type="button" className={clsx(linkClass, className)} />
}
