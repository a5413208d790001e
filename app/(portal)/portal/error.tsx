'use client'

import { PageFailed } from '#components/session/page-failed.tsx'

export default function PortalError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <div className="mx-auto max-w-[960px] px-4 py-8 text-md">
      <PageFailed error={error} retry={retry} />
    </div>
  )
}
