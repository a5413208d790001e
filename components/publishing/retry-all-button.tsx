'use client'

import { useDeed } from '#components/form/use-deed.ts'
import { Button } from '#components/ui/button.tsx'
import { retryJobs } from '#lib/publishing/actions.ts'

type RetryAllButtonProps = {
  jobIds: readonly string[]
  accountName: string
  /** Why not, and who may. */
  refused: string | null
}

/** Sends once more all that one cause stopped; nothing of it is out, so nothing is asked first. */
export function RetryAllButton({ jobIds, accountName, refused }: RetryAllButtonProps) {
  const { busy, run } = useDeed()
  return (
    <Button
      size="sm"
      busy={busy}
      disabledReason={refused}
      aria-label={`Send ${jobIds.length} again to ${accountName}`}
      onClick={() => run(() => retryJobs({ jobIds: [...jobIds] }), `On their way to ${accountName} again.`)}
    >
      Send {jobIds.length} again
    </Button>
  )
}
