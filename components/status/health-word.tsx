import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type Health = 'healthy' | 'ending' | 'lost' | 'paused'

const inks: Record<Health, { word: string; shape: string }> = {
  healthy: { word: 'text-ink', shape: 'rounded-full bg-pass' },
  ending: { word: 'text-warn', shape: 'bg-warn [clip-path:polygon(50%_0,100%_100%,0_100%)]' },
  lost: { word: 'text-stop', shape: 'bg-stop' },
  paused: { word: 'text-ink-3', shape: 'rounded-full border border-dashed border-edge' },
}

/** Health of an account: disc, triangle, square or dashed ring, and always the word. */
export function HealthWord({
  health,
  children,
  className,
}: {
  health: Health
  children: ReactNode
  className?: string
}) {
  const { word, shape } = inks[health]
  return (
    <span
      className={clsx('inline-flex items-center gap-1.5 text-xs font-mid whitespace-nowrap', word, className)}
    >
      <span aria-hidden className={clsx('size-[9px] shrink-0', shape)} />
      {children}
    </span>
  )
}
