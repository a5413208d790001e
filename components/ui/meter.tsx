import { clsx } from 'clsx'

type MeterProps = {
  label: string
  value: number
  max: number
  /** The value in words: "41.2 of 50 GB". */
  text: string
  tone?: 'ink' | 'warn' | 'stop'
  className?: string
}

const tones = { ink: 'bg-ink-2', warn: 'bg-warn', stop: 'bg-stop' }

/** How full something is. The words stand beside it; the bar alone says nothing. */
export function Meter({ label, value, max, text, tone = 'ink', className }: MeterProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> their own way
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      aria-valuetext={text}
      className={clsx(
        'h-1.5 overflow-hidden rounded-[1px] bg-sunk shadow-[inset_0_0_0_1px_var(--rule)]',
        className,
      )}
    >
      <div className={clsx('h-full origin-left', tones[tone])} style={{ transform: `scaleX(${share})` }} />
    </div>
  )
}
