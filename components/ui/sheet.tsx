import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

/** A bordered surface: one thing a person can act on. Grouping is done by rules, not by sheets. */
export function Sheet({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={clsx('rounded-3 border border-rule-2 bg-sheet', className)} />
}

type SheetHeadProps = Omit<ComponentProps<'div'>, 'title'> & {
  title: ReactNode
  note?: ReactNode
  actions?: ReactNode
  level?: 2 | 3
}

export function SheetHead({ title, note, actions, level = 2, className, ...rest }: SheetHeadProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div
      {...rest}
      className={clsx(
        'flex min-h-11 flex-wrap items-center gap-2 border-b border-rule px-(--cell-pad) py-2',
        className,
      )}
    >
      <Heading className="head-3">{title}</Heading>
      {note && <span className="text-ink-3">{note}</span>}
      {actions && <div className="ml-auto flex items-center gap-2">{actions}</div>}
    </div>
  )
}

export function SheetBody({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={clsx('p-(--cell-pad)', className)} />
}
