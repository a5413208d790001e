'use client'

import { useDeed } from '#components/form/use-deed.ts'
import { Button } from '#components/ui/button.tsx'
import { retryJob } from '#lib/publishing/actions.ts'

type RetryButtonProps = {
  jobId: string
  accountName: string
  /** Why not, and who may. */
  refused?: string | null
}

/** Sends once more what failed; nothing of it is out, so nothing is asked first. */
export function RetryButton({ jobId, accountName, refused }: RetryButtonProps) {
  const { busy, run } = useDeed()
  return (
    <Button
      size="sm"
      busy={busy}
      disabledReason={refused}
      aria-label={`Send again to ${accountName}`}
      onClick={() => run(() => retryJob({ jobId }), `On its way to ${accountName} again.`)}
    >
      Send again
    </Button>
  )
}
