import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { type PostStatus, STATUS_SHORT_WORDS, STATUS_WORDS } from './post-status.ts'
import { StatusShape } from './status-shape.tsx'

type StatusProps = {
  status: PostStatus
  /** tag: on its wash · text: shape and word · shape: the shape alone, its word for readers. */
  as?: 'tag' | 'text' | 'shape'
  short?: boolean
  /** Words of the place instead of the plain ones: "With client", "on time". */
  children?: ReactNode
  className?: string
}

/** State of a piece: colour, shape and word, of which the word is always there for readers. */
export function Status({ status, as = 'text', short = false, children, className }: StatusProps) {
  const word = (short ? STATUS_SHORT_WORDS : STATUS_WORDS)[status]
  return (
    <span
      className={clsx(
        `is-${status}`,
        'inline-flex items-center gap-[5px] text-xs font-mid whitespace-nowrap text-(--c)',
        as === 'tag' && 'rounded-1 bg-(--w) py-0.5 pr-[7px] pl-[5px]',
        className,
      )}
    >
      <StatusShape status={status} />
      <span className={as === 'shape' ? 'sr-only' : undefined}>{children ?? word}</span>
    </span>
  )
}
