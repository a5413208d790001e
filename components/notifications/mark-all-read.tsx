'use client'

import { useDeed } from '#components/form/use-deed.ts'
import { Button } from '#components/ui/button.tsx'
import { markAllRead } from '#lib/notifications/actions.ts'

export function MarkAllRead() {
  const { busy, run } = useDeed()
  return (
    <Button busy={busy} onClick={() => run(() => markAllRead())}>
      Mark all as read
    </Button>
  )
}
