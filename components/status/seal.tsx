import { clsx } from 'clsx'

export type SealState = 'whole' | 'broken' | 'pending'

const SCALLOP =
  'm17 1.5 2.6 2 3.2-.8 1.7 2.8 3.2.5.5 3.2 2.8 1.7-.8 3.2 2 2.6-2 2.6.8 3.2-2.8 1.7-.5 3.2-3.2.5-1.7 2.8-3.2-.8-2.6 2-2.6-2-3.2.8-1.7-2.8-3.2-.5-.5-3.2L3 22.5l.8-3.2-2-2.6 2-2.6L3 10.9l2.8-1.7.5-3.2 3.2-.5 1.7-2.8 3.2.8z'

const words: Record<SealState, string> = {
  whole: 'Sealed',
  broken: 'Seal broken',
  pending: 'Not sealed yet',
}

type SealProps = {
  state: SealState
  /** It has just been given: it lands, once. */
  lands?: boolean
  size?: 'sm' | 'md'
  /** Where the words stand beside it. */
  silent?: boolean
  className?: string
}

/** Approval of one version: scalloped and whole, split when an edit broke it, dashed while it is asked for. */
export function Seal({ state, lands = false, size = 'md', silent = false, className }: SealProps) {
  return (
    <svg
      viewBox="0 0 34 33"
      role={silent ? undefined : 'img'}
      aria-label={silent ? undefined : words[state]}
      aria-hidden={silent || undefined}
      className={clsx(
        'shrink-0',
        size === 'md' ? 'size-[34px]' : 'size-5',
        state === 'broken' ? 'text-st-changes' : state === 'whole' ? 'text-pass' : 'text-ink-3',
        lands && state === 'whole' && 'seal-lands',
        className,
      )}
    >
      <path
        d={SCALLOP}
        fill="none"
        stroke="currentColor"
        strokeWidth={size === 'md' ? 1.6 : 2.2}
        strokeLinejoin="round"
        strokeDasharray={state === 'whole' ? undefined : '3 2.2'}
      />
      {state === 'broken' ? (
        <path d="m21 2-5.5 10 4 4.5L13 31" fill="none" stroke="currentColor" strokeWidth="2" />
      ) : (
        <circle
          cx="16.9"
          cy="16.7"
          r="9.6"
          fill="none"
          stroke="currentColor"
          strokeDasharray={state === 'pending' ? '2 2' : undefined}
        />
      )}
      {state === 'whole' && (
        <path d="m12 17 3.5 3.5 6.5-7.2" fill="none" stroke="currentColor" strokeWidth="2.4" />
      )}
    </svg>
  )
}
