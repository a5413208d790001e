import { clsx } from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

type SwitchProps = Omit<ComponentProps<'input'>, 'type' | 'size'> & { label: ReactNode; hint?: ReactNode }

/** On or off, at once: the label at the left, the switch at the right end of the row. */
export function Switch({ label, hint, className, ...rest }: SwitchProps) {
  const hintId = useId()
  return (
    <label className={clsx('flex min-h-(--row) items-center gap-3', className)}>
      <span className="min-w-0 flex-1">
        {label}
        {hint && (
          <span id={hintId} className="block text-xs text-ink-3">
            {hint}
          </span>
        )}
      </span>
      <input
        {...rest}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox carries its checked state itself
        role="switch"
        aria-describedby={hint ? hintId : rest['aria-describedby']}
        className="switch"
      />
    </label>
  )
}
