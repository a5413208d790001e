import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/** The page inside the shell: margins and the widest measure. Calendar, composer and approvals bring their own. */
export function DeskPage({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={clsx('max-w-[1440px] px-3.5 pt-3.5 pb-7 md:px-6 md:pt-5 md:pb-10', className)}>
      {children}
    </div>
  )
}

/** Main column and a 372 px aside that folds under it. */
export function WithAside({
  children,
  aside,
  className,
}: {
  children: ReactNode
  aside: ReactNode
  className?: string
}) {
  return (
    <div className={clsx('grid items-start gap-x-7 lg:grid-cols-[minmax(0,1fr)_372px] *:min-w-0', className)}>
      <div>{children}</div>
      <aside>{aside}</aside>
    </div>
  )
}
