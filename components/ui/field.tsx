'use client'

import { clsx } from 'clsx'
import { TriangleAlert } from 'lucide-react'
import { createContext, type ReactNode, useContext, useId } from 'react'

type FieldWiring = {
  controlId: string
  labelId: string
  describedBy: string | undefined
  invalid: boolean
  required: boolean
}
const FieldContext = createContext<FieldWiring | null>(null)

/** What a control inside a Field wears, so that label, hint and error belong to it. Outside one: nothing. */
export function useFieldWiring() {
  return useContext(FieldContext)
}

type FieldProps = {
  label: ReactNode
  /** What helps before typing. */
  hint?: ReactNode
  /** What was refused and how to mend it; shown at the field. */
  error?: ReactNode
  required?: boolean
  /** Keeps the label for readers only, where the place says it already. */
  hideLabel?: boolean
  className?: string
  children: ReactNode
}

export function Field({ label, hint, error, required = false, hideLabel, className, children }: FieldProps) {
  const id = useId()
  const hintId = hint ? `${id}-hint` : undefined
  const errorId = error ? `${id}-error` : undefined
  const wiring: FieldWiring = {
    controlId: `${id}-control`,
    labelId: `${id}-label`,
    describedBy: [errorId, hintId].filter(Boolean).join(' ') || undefined,
    invalid: Boolean(error),
    required,
  }
  return (
    <div className={clsx('grid content-start gap-1', className)}>
      <label
        id={wiring.labelId}
        htmlFor={wiring.controlId}
        className={hideLabel ? 'sr-only' : 'justify-self-start font-mid'}
      >
        {label}
      </label>
      <FieldContext value={wiring}>{children}</FieldContext>
      {error && (
        <p id={errorId} className="flex items-start gap-1.5 text-stop">
          <TriangleAlert aria-hidden className="mt-px" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p id={hintId} className="text-xs text-ink-3">
          {hint}
        </p>
      )}
    </div>
  )
}
