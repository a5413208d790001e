'use client'

import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { useFormResult } from './form-result.ts'

/** Says beside the button that it worked, aloud too; silent again while the next try runs. */
export function FormDone({ children }: { children: ReactNode }) {
  const { data } = useFormResult()
  const { pending } = useFormStatus()
  return (
    <p role="status" className="flex items-center gap-1.5 text-ink-2">
      {data !== undefined && !pending && (
        <>
          <Check aria-hidden />
          {children}
        </>
      )}
    </p>
  )
}
