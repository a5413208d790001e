'use client'

import { useState } from 'react'
import { useDeed } from '#components/form/use-deed.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Time } from '#components/ui/time.tsx'
import { disconnect } from '#lib/connections/actions.ts'
import type { WaitingPost } from '#lib/connections/queries.ts'

type DisconnectButtonProps = {
  connectionId: string
  accountName: string
  network: string
  waiting: readonly WaitingPost[]
  zone: string
  refused: string | null
}

/** So many are named; beyond them only counted. */
const SHOWN = 5

/** Asked once, with every post that stops by it. */
export function DisconnectButton(props: DisconnectButtonProps) {
  const { connectionId, accountName, network, waiting, zone, refused } = props
  const [open, setOpen] = useState(false)
  const { busy, run } = useDeed()
  const count = waiting.length
  return (
    <>
      <Button
        look="bare"
        size="sm"
        disabledReason={refused}
        aria-label={`Disconnect ${accountName}`}
        onClick={() => setOpen(true)}
      >
        Disconnect
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Disconnect ${accountName} from ${network}?`}
        confirm={count === 0 ? 'Disconnect' : `Disconnect and stop ${count}`}
        keep="Keep it"
        count={count}
        busy={busy}
        onConfirm={() =>
          run(
            () => disconnect({ connectionId }).finally(() => setOpen(false)),
            `${accountName} is disconnected.`,
          )
        }
      >
        {count === 0 ? (
          <p>No post waits for it.</p>
        ) : (
          <>
            <p>
              {count === 1 ? 'One post waits' : `${count} posts wait`} to go out through it and{' '}
              {count === 1 ? 'stops' : 'stop'}. Once it is connected again, each can be sent again.
            </p>
            <ul className="border-t border-rule">
              {waiting.slice(0, SHOWN).map((post) => (
                <li key={post.number} className="flex gap-3 border-b border-rule py-1.5">
                  <Time instant={post.at} zone={zone} className="text-ink-2" />
                  <span className="truncate">{post.title}</span>
                </li>
              ))}
            </ul>
            {count > SHOWN && <p className="text-ink-3">and {count - SHOWN} more</p>}
          </>
        )}
        <p className="text-ink-2">
          What is published stays on {network}. The key is destroyed on our side; whoever gave it can also
          take it back at {network}.
        </p>
      </ConfirmDialog>
    </>
  )
}
