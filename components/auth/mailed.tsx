'use client'

import type { ReactNode } from 'react'
import { useFormResult } from '#components/form/form-result.ts'

/** After asking for a mail: the same words whether or not the address has an account here. */
export function Mailed({ children }: { children: ReactNode }) {
  const { data } = useFormResult()
  const address = typeof data === 'object' && data && 'mailedTo' in data ? String(data.mailedTo) : 'your mail'
  return (
    <div role="status" className="grid gap-2.5">
      <h2 className="head-2">Check {address}</h2>
      {children}
    </div>
  )
}
