'use client'

import { PageFailed } from '#components/session/page-failed.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'

export default function DeskError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <DeskPage>
      <PageFailed error={error} retry={reset} />
    </DeskPage>
  )
}
