import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Seal, type SealState } from './seal.tsx'

type SealLineProps = {
  state: SealState
  lands?: boolean
  /** "Sealed by Marguerite Oakes", "Seal broken by your edit at 11:40". */
  title: ReactNode
  /** When, from which version, and what it means. */
  children?: ReactNode
  /** The first characters of the digest. */
  digest?: string
  className?: string
}

/** The seal with its sentence: who passed which version, or who broke it. */
export function SealLine({ state, lands = false, title, children, digest, className }: SealLineProps) {
  return (
    <div
      className={clsx(
        'flex items-center gap-2.5 rounded-2 px-2.5 py-2',
        state === 'whole' ? 'bg-pass-wash' : state === 'broken' ? 'bg-st-changes-wash' : 'bg-sunk',
        className,
      )}
    >
      <Seal state={state} lands={lands} silent />
      <div className="min-w-0">
        <p className="font-bold">{title}</p>
        {children && <div className="text-ink-2">{children}</div>}
        {digest && (
          <p className="font-mono text-xs text-ink-2">
            {digest.slice(0, 4)} {digest.slice(4, 8)}
          </p>
        )}
      </div>
    </div>
  )
}
