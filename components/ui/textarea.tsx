'use client'

import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { useFieldWiring } from './field.tsx'
import { controlClass } from './input.tsx'

type TextareaProps = ComponentProps<'textarea'> & {
  /** bare: no edge of its own, for the composer's page. */
  look?: 'edge' | 'bare' | 'internal' | 'client'
}

const looks = {
  edge: clsx(controlClass, 'px-2.5 py-2'),
  bare: 'w-full min-w-0 bg-transparent outline-none',
  internal: clsx(
    controlClass,
    'border-dashed border-internal-edge! bg-[color-mix(in_oklch,var(--sheet)_45%,transparent)]! px-2.5 py-2',
  ),
  client: clsx(controlClass, 'border-client-edge! px-2.5 py-2'),
}

/** Grows with what is typed (field-sizing), between `rows` and its max height. */
export function Textarea({ className, id, required, look = 'edge', rows = 3, ...rest }: TextareaProps) {
  const field = useFieldWiring()
  return (
    <textarea
      aria-describedby={field?.describedBy}
      aria-invalid={field?.invalid || undefined}
      {...rest}
      rows={rows}
      id={id ?? field?.controlId}
      required={required ?? field?.required}
      className={clsx(
        looks[look],
        'block max-h-[60dvh] resize-y field-sizing-content pointer-coarse:text-md',
        className,
      )}
    />
  )
}
