'use client'

import { useTransition } from 'react'
import { toast } from '#components/ui/toast.ts'
import { unwrap } from '#lib/errors.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'

/**
 * One press, one action: busy while it runs, then a toast with what came of it, its refusal included.
 * @returns `run(action(…), sentence)`; without a sentence the page itself shows the result
 */
export function useDeed() {
  const [busy, start] = useTransition()
  function run<Data>(deed: () => Parameters<typeof unwrap<Data>>[0], done?: string) {
    start(async () => {
      try {
        await unwrap(deed())
        if (done) toast.done(done)
      } catch (error) {
        toast.refused((refusalFrom(error) ?? refusal('unexpected')).sentence)
      }
    })
  }
  return { busy, run }
}
