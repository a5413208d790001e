import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

/** Rows held together by hairlines, not by cards. */
export function RuleList({ className, ...rest }: ComponentProps<'ul'>) {
  return <ul {...rest} className={clsx('border-t border-rule-2', className)} />
}

export function RuleRow({ className, ...rest }: ComponentProps<'li'>) {
  return (
    <li
      {...rest}
      className={clsx('flex min-h-(--row) min-w-0 items-center gap-2.5 border-b border-rule py-2', className)}
    />
  )
}
