'use client'

import { type ReactNode, useState } from 'react'
import { useShell } from '#components/shell/shell-context.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Note } from '#components/ui/note.tsx'
import { toast } from '#components/ui/toast.ts'
import { schedulePost, submitPost, unschedulePost } from '#lib/content/actions.ts'
import { problemsTitle, stops, type WritingProblem } from '#lib/content/problems.ts'
import { type Refusal, unwrap } from '#lib/errors.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'
import { formatInstant } from '#lib/time/format.ts'
import { markPostsChanged } from '../changed-posts.ts'
import { useSettled } from '../use-settled.ts'
import type { ComposerBrand } from './composer-context.tsx'
import type { WritingStore } from './writing.ts'

type SendingOptions = {
  brand: ComposerBrand
  store: WritingStore
  problems: readonly WritingProblem[]
  plannedAt: string | null
  setPlannedAt: (instant: string | null) => void
  /** Why this person may not send it; undefined where its state leaves nothing to send. */
  refused: string | null | undefined
  /** The page began as "new", and the router knows nothing of the piece yet. */
  isBegunHere: boolean
}

export type Sending = ReturnType<typeof useSending>

/** Sending a piece for approval and setting its time: everything typed is kept first. */
export function useSending(options: SendingOptions) {
  const { brand, store, problems, plannedAt, setPlannedAt, refused, isBegunHere } = options
  const settled = useSettled(isBegunHere)
  const { current } = useShell()
  const [busy, setBusy] = useState(false)
  const [notSent, setNotSent] = useState<Refusal | null>(null)

  async function send() {
    if (busy || refused !== null || stops(problems)) return
    setBusy(true)
    setNotSent(null)
    try {
      const post = await store.flush()
      if (post) {
        const sent = await unwrap(submitPost({ postId: post.id, revision: post.revision }))
        store.hear(sent, store.read().draft)
        toast.done(sentWords(sent.status))
        settled()
      }
    } catch (error) {
      setNotSent(refusalFrom(error) ?? refusal('unexpected'))
    }
    setBusy(false)
  }

  function sentWords(status: string): string {
    if (status === 'scheduled' && plannedAt) {
      return `Approved. It goes out on ${formatInstant(plannedAt, brand.timeZone, 'day-time')}.`
    }
    if (status === 'approved') return 'Approved. It goes out once it has a time.'
    return brand.approvalMode === 'client' ? 'Sent to the client for approval.' : 'Sent for approval.'
  }

  async function choose(localTime: string): Promise<Refusal | null> {
    return deed(async (postId) => {
      const timed = await unwrap(schedulePost({ postId, localTime, timeZone: brand.timeZone }))
      setPlannedAt(timed.plannedAt)
    })
  }

  async function clear(): Promise<Refusal | null> {
    return deed(async (postId) => {
      await unwrap(unschedulePost({ postId }))
      setPlannedAt(null)
    })
  }

  /** A time needs a piece to stand on: what was typed is kept first, or an edit that waits stays waiting. */
  async function deed(act: (postId: string) => Promise<void>): Promise<Refusal | null> {
    try {
      const post = (await store.flush()) ?? store.read().post
      if (!post) return refusal('no_connection')
      await act(post.id)
      // A page begun here holds all there is to know of its draft: it need not come anew under the writer's hands.
      if (isBegunHere) markPostsChanged()
      else settled()
      return null
    } catch (error) {
      return refusalFrom(error) ?? refusal('unexpected')
    }
  }

  const label = brand.approvalMode === 'none' ? 'Approve' : 'Send for approval'
  const stopped = stops(problems) ? `${problemsTitle(problems.filter(isError))}: see the list.` : null
  const mayInvite = current?.permissions.has('members.manage') ?? false
  const note: ReactNode = notSent && (
    <Note
      tone="stop"
      role="alert"
      className="mb-3.5"
      title="Not sent"
      actions={
        notSent.code === 'no_client_approver' &&
        mayInvite && (
          <ButtonLink href={`/brands/${brand.slug}/settings/members`}>Invite the client</ButtonLink>
        )
      }
    >
      <p>{notSent.sentence} What you wrote is kept.</p>
      {notSent.errorId && <p className="font-mono text-ink-2">{notSent.errorId}</p>}
    </Note>
  )
  return { send, choose, clear, busy, settled, label, disabledReason: refused ?? stopped, note }
}

const isError = ({ severity }: WritingProblem) => severity === 'error'
