'use client'

import { createContext, type ReactNode, useContext, useEffect } from 'react'
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

/** The fields of a form by name, with the words they are known by; the summary calls them so. */
export const FieldLabelsContext = createContext<Map<string, ReactNode>>(new Map())

export function useFieldLabel(name: string, label: ReactNode) {
  const labels = useContext(FieldLabelsContext)
  useEffect(() => {
    labels.set(name, label)
    return () => {
      labels.delete(name)
    }
  }, [labels, name, label])
}
