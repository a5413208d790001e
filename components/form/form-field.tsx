'use client'

import type { ComponentProps, ReactNode } from 'react'
import { Field } from '#components/ui/field.tsx'
import { useFieldLabel, useFormResult } from './form-result.ts'

type FormFieldProps = Omit<ComponentProps<typeof Field>, 'error'> & {
  /** The name of the control inside, and of its field in the action's schema. */
  name: string
  children: ReactNode
}

/** A Field that shows what the form's action refused about it. */
export function FormField({ name, children, ...rest }: FormFieldProps) {
  const { validationErrors } = useFormResult()
  useFieldLabel(name, rest.label)
  return (
    <Field {...rest} error={validationErrors?.fieldErrors[name]?.[0]}>
      {children}
    </Field>
  )
}
