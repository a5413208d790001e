import { CornerUpLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PostStatus } from '#components/status/post-status.ts'
import { Seal } from '#components/status/seal.tsx'
import { Status } from '#components/status/status.tsx'
import type { StandingWords } from './standing-words.ts'

type SealStripProps = {
  status: PostStatus
  words: StandingWords | null
  /** "See what changed", where there is something to compare. */
  action?: ReactNode
  /** Its time, at the right end. */
  children?: ReactNode
}

/** Below the bar: how the piece stands with those who must say yes, and when it goes out. */
export function SealStrip({ status, words, action, children }: SealStripProps) {
  return (
    <div className="flex min-h-[46px] flex-wrap items-center gap-x-3.5 gap-y-1.5 border-b border-rule-2 bg-sheet px-3.5 py-1.5 md:px-4">
      <Status status={status} as="tag" />
      {words && (
        <div className="flex min-w-0 flex-1 items-center gap-2 max-md:basis-full">
          {words.seal ? (
            <Seal state={words.seal} size="sm" silent />
          ) : (
            <CornerUpLeft aria-hidden className="text-st-changes" />
          )}
          <p className="min-w-0 md:truncate" title={`${words.lead} ${words.rest}`}>
            <b className="font-bold">{words.lead}</b> <span className="text-ink-2">{words.rest}</span>
          </p>
          {words.digest && (
            <span className="font-mono text-xs text-ink-3 max-lg:hidden">
              {words.digest.slice(0, 4)} {words.digest.slice(4, 8)}
            </span>
          )}
        </div>
      )}
      {action}
      <div className="md:ml-auto">{children}</div>
    </div>
  )
}
