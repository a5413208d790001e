'use client'

import { useDeed } from '#components/form/use-deed.ts'
import { networkName } from '#components/status/network-name.ts'
import { Button } from '#components/ui/button.tsx'
import { recheckJob } from '#lib/publishing/actions.ts'

/** Looks once more on the network for a post whose answer got lost. */
export function CheckButton({ jobId, network, about }: { jobId: string; network: string; about: string }) {
  const { busy, run } = useDeed()
  return (
    <Button
      size="sm"
      busy={busy}
      aria-label={`Check now: ${about}`}
      onClick={() => run(() => recheckJob({ jobId }), `We are looking on ${networkName(network)} now.`)}
    >
      Check now
    </Button>
  )
}
