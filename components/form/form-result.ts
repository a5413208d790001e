'use client'

import { createContext, useContext } from 'react'
import type { Refusal } from '#lib/errors.ts'

/** What an action of lib/actions.ts answers, seen from its form. */
export type FormResult = {
  data?: unknown
  serverError?: Refusal | undefined
  validationErrors?: { formErrors: string[]; fieldErrors: Partial<Record<string, string[]>> } | undefined
}

export const FormResultContext = createContext<FormResult>({})

/** The answer of the form around: `data` after success, errors by field after a refusal, neither before. */
export function useFormResult(): FormResult {
  return useContext(FormResultContext)
}
