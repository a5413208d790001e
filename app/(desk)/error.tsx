'use client'

import { PageFailed } from '#components/session/page-failed.tsx'
import { DeskPage } from '#components/shell/desk-page.tsx'

export default function DeskError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <DeskPage>
      <PageFailed error={error} retry={retry} />
    </DeskPage>
  )
}
