import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { Button } from './button.tsx'

type IconButtonProps = Omit<ComponentProps<typeof Button>, 'aria-label'> & {
  /** What it does, in words: "Close", "Next post". */
  label: string
}

/** A square button whose picture is its only face; the words are for readers and the pointer that rests. */
export function IconButton({ label, look = 'bare', size = 'md', className, ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      look={look}
      size={size}
      aria-label={label}
      title={rest.title ?? label}
      className={clsx('aspect-square px-0!', className)}
    />
  )
}
