import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

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

type ActRowProps = Omit<ComponentProps<'li'>, 'children'> & {
  /** A brand's mark, a picture, a shape. */
  mark?: ReactNode
  children: ReactNode
  /** Its buttons: at the end, on phones under the words. */
  actions?: ReactNode
}

/** A row that says something and carries the remedy. */
export function ActRow({ mark, children, actions, className, ...rest }: ActRowProps) {
  return (
    <li
      {...rest}
      className={clsx(
        'grid items-center gap-x-3 border-b border-rule py-2.5',
        mark
          ? 'grid-cols-[auto_minmax(0,1fr)] md:grid-cols-[auto_minmax(0,1fr)_auto]'
          : 'md:grid-cols-[minmax(0,1fr)_auto]',
        className,
      )}
    >
      {mark}
      <div className="min-w-0">{children}</div>
      {actions && (
        <div
          className={clsx('flex flex-wrap items-center gap-1.5 max-md:pt-2', mark && 'max-md:col-start-2')}
        >
          {actions}
        </div>
      )}
    </li>
  )
}
