import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { PostStatus } from './post-status.ts'

const ring = <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.5" />
const cut = { fill: 'none', stroke: 'var(--shape-cut, var(--sheet))', strokeWidth: 1.6 }
const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.6,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

/** Ten silhouettes that differ with the colour taken away. */
const shapes: Record<PostStatus, ReactNode> = {
  draft: (
    <circle
      cx="7"
      cy="7"
      r="5.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="2.4 1.7"
    />
  ),
  pending_review: (
    <>
      {ring}
      <path d="M7 1.8a5.2 5.2 0 0 0 0 10.4z" fill="currentColor" />
    </>
  ),
  changes_requested: <path {...line} d="M5.5 2 2 5.5 5.5 9M2.5 5.5h6a3.3 3.3 0 0 1 0 6.6H5" />,
  approved: (
    <>
      <path
        fill="currentColor"
        d="m7 .8 1.5 1.2 1.9-.2.7 1.8 1.7.9-.3 1.9.9 1.7-1.3 1.4-.1 1.9-1.9.5L8 13.2l-1.7-.7-1.8.6-1.2-1.5-1.8-.6V9.1l-1-1.6L1.6 6l-.1-1.9 1.7-.8 1-1.6L6 2z"
      />
      <path {...cut} d="m4.4 7.2 1.9 1.9 3.4-3.8" />
    </>
  ),
  scheduled: (
    <>
      {ring}
      <path {...line} strokeWidth="1.5" d="M7 3.9V7l2.2 1.4" />
    </>
  ),
  publishing: <path {...line} d="M7 10.6V2.8M3.6 6.1 7 2.7l3.4 3.4M2 12.8h10" />,
  published: (
    <>
      <circle cx="7" cy="7" r="6" fill="currentColor" />
      <path {...cut} d="m4.3 7.2 1.9 1.9 3.5-3.9" />
    </>
  ),
  failed: (
    <>
      <path d="M4.5.9h5l3.6 3.6v5l-3.6 3.6h-5L.9 9.5v-5z" fill="currentColor" />
      <path {...cut} d="m4.9 4.9 4.2 4.2m0-4.2L4.9 9.1" />
    </>
  ),
  outcome_unknown: (
    <>
      <path
        d="M7 .8 13.2 7 7 13.2.8 7z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <path
        {...line}
        strokeWidth="1.4"
        d="M5.5 5.7c.1-1 .8-1.5 1.6-1.5s1.5.5 1.5 1.3c0 1-1.5 1.1-1.5 2.2m0 1.9v.01"
      />
    </>
  ),
  archived: <path {...line} strokeWidth="1.4" d="M1.6 2.6h10.8v2.6H1.6zM2.6 5.2v6.2h8.8V5.2M5.4 7.6h3.2" />,
}

export function StatusShape({ status, className }: { status: PostStatus; className?: string }) {
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true" className={clsx('size-3.5 shrink-0', className)}>
      {shapes[status]}
    </svg>
  )
}
