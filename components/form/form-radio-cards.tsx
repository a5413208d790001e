'use client'

import type { ComponentProps } from 'react'
import { RadioCards } from '#components/ui/radio-cards.tsx'
import { useFieldLabel, useFormResult } from './form-result.ts'

/** RadioCards that show what the form's action refused about them. */
export function FormRadioCards<Value extends string>(props: ComponentProps<typeof RadioCards<Value>>) {
  const { validationErrors } = useFormResult()
  useFieldLabel(props.name, props.legend)
  return <RadioCards {...props} error={validationErrors?.fieldErrors[props.name]?.[0]} />
}
