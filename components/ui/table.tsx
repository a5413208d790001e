import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

type TableProps = Omit<ComponentProps<'table'>, 'children'> & {
  /** Says what the table holds; for readers unless shown. */
  caption: string
  showCaption?: boolean
  children: ReactNode
}

/** Figures and logs. A wide one scrolls inside its own frame, which the keyboard can reach. */
export function Table({ caption, showCaption, className, children, ...rest }: TableProps) {
  return (
    <section
      className="max-w-full overflow-x-auto"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the keyboard
      tabIndex={0}
      aria-label={caption}
    >
      <table {...rest} className={clsx('w-full border-collapse text-left', className)}>
        <caption className={showCaption ? 'pb-1.5 text-left text-ink-3' : 'sr-only'}>{caption}</caption>
        {children}
      </table>
    </section>
  )
}

type CellProps = { numeric?: boolean }

export function Th({ numeric, className, ...rest }: ComponentProps<'th'> & CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={clsx(
        'border-b border-rule-2 px-(--cell-pad) py-1.5 text-xs font-mid whitespace-nowrap text-ink-3 first:pl-0 last:pr-0',
        numeric && 'text-right',
        className,
      )}
    />
  )
}

export function Td({ numeric, className, ...rest }: ComponentProps<'td'> & CellProps) {
  return (
    <td
      {...rest}
      className={clsx(
        'h-(--row) border-b border-rule px-(--cell-pad) first:pl-0 last:pr-0',
        numeric && 'num text-right',
        className,
      )}
    />
  )
}
