'use client'

import type { ActsOffered, usePostActs } from '#components/content/post-acts.tsx'
import { Button } from '#components/ui/button.tsx'
import type { Sending } from './use-sending.tsx'

type SendBarProps = {
  sending: Sending
  acts: ActsOffered
  more: ReturnType<typeof usePostActs>
  onPreview: () => void
}

/** The phone's foot, above the tabs: a look at it, and the one heavy button. */
export function SendBar({ sending, acts, more, onPreview }: SendBarProps) {
  return (
    <div className="fixed inset-x-0 bottom-[calc(58px+env(safe-area-inset-bottom))] z-(--z-sticky) flex gap-2 border-t border-rule-2 bg-raised px-3.5 py-2 *:flex-1 md:hidden">
      <Button onClick={onPreview}>Preview</Button>
      {more.withdrawButton}
      {more.publishButton}
      {acts.send !== undefined && (
        <Button
          look="act"
          busy={sending.busy}
          disabledReason={sending.disabledReason}
          onClick={() => void sending.send()}
        >
          {sending.label}
        </Button>
      )}
    </div>
  )
}
