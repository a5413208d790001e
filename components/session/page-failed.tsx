'use client'

import { TriangleAlert } from 'lucide-react'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { isKnownCode, sentenceFor } from '#lib/errors.ts'

type PageFailedProps = { error: Error & { digest?: string }; retry: () => void }

/** What failed, what is safe, what to do. A refusal brings its code as digest; a fault brings an id for the log. */
export function PageFailed({ error, retry }: PageFailedProps) {
  const { digest } = error
  const refused = digest !== undefined && isKnownCode(digest)
  return (
    <div role="alert" className="grid max-w-[560px] gap-3">
      <div className="flex items-start gap-2.5">
        <TriangleAlert aria-hidden className="mt-0.5 size-5" />
        <div className="grid gap-1">
          <h1 className="head-2">This page did not come</h1>
          <p className="text-ink-2">
            {refused
              ? sentenceFor(digest)
              : 'Something broke on our side while it was put together. Your posts and their times are not touched; the worker that publishes has its own line.'}
          </p>
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="act" onClick={retry}>
          Try again
        </Button>
        <ButtonLink href="/">Go to the desk</ButtonLink>
      </div>
      {!refused && digest && (
        <p className="text-xs text-ink-3">
          If it stays, tell whoever runs the desk: <span className="font-mono">{digest}</span>
        </p>
      )}
    </div>
  )
}
