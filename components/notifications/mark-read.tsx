'use client'

import { Check } from 'lucide-react'
import { useDeed } from '#components/form/use-deed.ts'
import { IconButton } from '#components/ui/icon-button.tsx'
import { markRead } from '#lib/notifications/actions.ts'

export function MarkRead({ noticeId, about }: { noticeId: string; about: string }) {
  const { busy, run } = useDeed()
  return (
    <IconButton
      label={`Mark as read: ${about}`}
      busy={busy}
      onClick={() => run(() => markRead({ noticeId }))}
    >
      <Check />
    </IconButton>
  )
}
