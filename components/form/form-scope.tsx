'use client'

import { type ReactNode, useState } from 'react'
import { FieldLabelsContext, type FormResult, FormResultContext } from './form-result.ts'

/** What the parts of a form know about each other: its last answer, and what its fields are called. */
export function FormScope({ result, children }: { result: FormResult; children: ReactNode }) {
  const [labels] = useState(() => new Map<string, ReactNode>())
  return (
    <FormResultContext value={result}>
      <FieldLabelsContext value={labels}>{children}</FieldLabelsContext>
    </FormResultContext>
  )
}
