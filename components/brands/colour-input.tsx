'use client'

import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { useFieldWiring } from '#components/ui/field.tsx'
import { controlClass } from '#components/ui/input.tsx'

/** The browser's own colour picker, as tall as the fields around it. */
export function ColourInput({ className, ...rest }: ComponentProps<'input'>) {
  const field = useFieldWiring()
  return (
    <input
      {...rest}
      type="color"
      id={field?.controlId}
      aria-describedby={field?.describedBy}
      className={clsx(controlClass, 'h-(--control) px-1 py-1', className)}
    />
  )
}
