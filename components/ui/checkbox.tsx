import { clsx } from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'size'> & {
  label: ReactNode
  hint?: ReactNode
  /** Keeps the label for readers only: a table's rows. */
  hideLabel?: boolean
}

/** A native checkbox in our ink: posts with its form, works before any script. */
export function Checkbox({ label, hint, hideLabel, className, ...rest }: CheckboxProps) {
  const hintId = useId()
  return (
    <label
      className={clsx(
        'flex items-start gap-2.5 has-disabled:text-ink-3 pointer-coarse:min-h-11 pointer-coarse:items-center',
        className,
      )}
    >
      <input
        {...rest}
        type="checkbox"
        className="chk"
        aria-describedby={hint ? hintId : rest['aria-describedby']}
      />
      <span className={hideLabel ? 'sr-only' : undefined}>
        {label}
        {hint && (
          <span id={hintId} className="block text-xs text-ink-3">
            {hint}
          </span>
        )}
      </span>
    </label>
  )
}
