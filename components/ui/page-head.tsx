import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type PageHeadProps = {
  /** The state of things as a sentence: "Three things broke, six wait for a yes". */
  title: ReactNode
  /** Counts, zone, "as of": a few words in agate beside the title. */
  meta?: ReactNode
  actions?: ReactNode
  /** A lead page (Today) sets its title one size up. */
  lead?: boolean
  className?: string
}

/** Title, meta and actions over the double rule, our letterhead. */
export function PageHead({ title, meta, actions, lead, className }: PageHeadProps) {
  return (
    <header className={clsx('mb-3', className)}>
      <div className="mb-2.5 flex flex-wrap items-end gap-x-3 gap-y-2">
        <h1 className={clsx('head-1 min-w-0', lead && 'md:text-2xl')}>{title}</h1>
        {meta && (
          <div className={clsx('agate pb-1 text-ink-3', lead && 'text-sm! font-stretch-normal! md:ml-auto')}>
            {meta}
          </div>
        )}
        {actions && (
          <div className="ml-auto flex flex-wrap items-center gap-2 max-sm:has-[[role=search]]:w-full">
            {actions}
          </div>
        )}
      </div>
      <div className="double-rule" />
    </header>
  )
}
