import { clsx } from 'clsx'

type ProgressBarProps = {
  label: string
  /** 0 to 1; null while the end is not known. */
  share: number | null
  className?: string
}

/** Work on its way, in blue pencil. */
export function ProgressBar({ label, share, className }: ProgressBarProps) {
  const known = share === null ? null : Math.min(1, Math.max(0, share))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known === null ? undefined : Math.round(known * 100)}
      className={clsx(
        'relative h-1.5 overflow-hidden rounded-[1px] bg-sunk text-pencil-mark shadow-[inset_0_0_0_1px_var(--rule)]',
        known === null && 'running [--running-height:100%]',
        className,
      )}
    >
      {known !== null && (
        <div
          className="h-full origin-left bg-pencil-mark transition-transform duration-(--dur-2)"
          style={{ transform: `scaleX(${known})` }}
        />
      )}
    </div>
  )
}
