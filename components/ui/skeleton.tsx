import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/** One grey block in the place and size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx('skeleton block', className)} />
}

/** Wraps a loading page's shapes: real labels may stand among them; readers hear one sentence. */
export function Loading({
  what,
  children,
  className,
}: {
  what: string
  children: ReactNode
  className?: string
}) {
  return (
    <div role="status" aria-label={what} className={className}>
      {children}
    </div>
  )
}

/** Rows of a list before they are there: mark, two lines, a control. */
export function SkeletonRows({ count = 5, className }: { count?: number; className?: string }) {
  return (
    <div className={clsx('border-t border-rule-2', className)}>
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <div key={row} className="flex min-h-12 items-center gap-2.5 border-b border-rule py-2">
          <Skeleton className="size-[26px]" />
          <div className="grid flex-1 gap-1.5">
            <Skeleton className={clsx('h-3', row % 3 === 1 ? 'w-2/5' : 'w-1/2')} />
            <Skeleton className={clsx('h-2.5', row % 2 ? 'w-1/4' : 'w-1/3')} />
          </div>
          <Skeleton className="h-[26px] w-16" />
        </div>
      ))}
    </div>
  )
}
