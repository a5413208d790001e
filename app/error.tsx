'use client'

import { PageFailed } from '#components/session/page-failed.tsx'

export default function RouteError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-[640px] content-center px-6 py-12">
      <PageFailed error={error} retry={retry} />
    </main>
  )
}
