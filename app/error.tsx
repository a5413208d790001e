'use client'

import { PageFailed } from '#components/session/page-failed.tsx'

export default function RouteError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-[640px] content-center px-6 py-12">
      <PageFailed error={error} retry={reset} />
    </main>
  )
}
