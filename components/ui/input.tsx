'use client'

import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { useFieldWiring } from './field.tsx'

export const controlClass = clsx(
  'w-full min-w-0 rounded-2 border border-edge bg-sheet text-ink outline-offset-0',
  'aria-invalid:border-stop aria-invalid:shadow-[0_0_0_1px_var(--stop)]',
  'disabled:border-rule-2 disabled:bg-sunk disabled:text-ink-2 [&[readonly]]:bg-sunk',
)

/** A text field; inside a Field it takes its label, hint and error from there. */
export function Input({ className, id, required, ...rest }: ComponentProps<'input'>) {
  const field = useFieldWiring()
  return (
    <input
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      {...rest}
      id={id ?? field?.controlId}
      required={required ?? field?.required}
      className={clsx(controlClass, 'h-(--control) px-2.5 pointer-coarse:text-md', className)}
    />
  )
}
