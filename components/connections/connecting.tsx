'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { useBrowserDb } from '#components/session/browser-config.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Note } from '#components/ui/note.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { Attempt } from '#lib/connections/schema.ts'
import { watchAttempt } from '#lib/connections/watched.ts'
import { sentenceFor } from '#lib/errors.ts'
import { ConnectButton } from './connect-button.tsx'
import { afterConnecting, connectedWords } from './connected-words.ts'

const LOOK_MS = 1_000
/** When it takes longer than anyone expects, the page says so. */
const LONG_MS = 15_000

type ConnectingProps = { first: Attempt; brandId: string; brandSlug: string }

/** Waits for the keys of an attempt that has just come back from the network, and says what came of it. */
export function Connecting({ first, brandId, brandSlug }: ConnectingProps) {
  const db = useBrowserDb()
  const router = useRouter()
  const { data: state } = useQuery({
    queryKey: ['attempt to connect', first.id],
    initialData: first,
    queryFn: ({ signal }) => watchAttempt(db, first.id, signal),
    refetchInterval: (query) => (query.state.data?.status === 'received' ? LOOK_MS : false),
    staleTime: 0,
  })
  const isSettled = state.status === 'done' || state.status === 'failed'
  const cameLater = isSettled && first.status !== state.status

  useEffect(() => {
    if (cameLater) router.refresh()
  }, [cameLater, router])

  const away = (
    <ButtonLink size="sm" href={`/brands/${brandSlug}/connections`}>
      Put this away
    </ButtonLink>
  )
  switch (state.status) {
    case 'done':
      return (
        <Answer title={connectedWords(state.connected)} actions={away}>
          {afterConnecting(state.connected, state.failure_facts)}
        </Answer>
      )
    case 'failed':
      return (
        <Answer
          tone="stop"
          title="Nothing was connected"
          actions={
            <>
              <ConnectButton brandId={brandId} look="plain" size="sm">
                Connect again
              </ConnectButton>
              {away}
            </>
          }
        >
          {sentenceFor(state.failure_code ?? 'oauth_exchange_failed', state.failure_facts ?? {})}
        </Answer>
      )
    case 'started':
      return (
        <Answer tone="warn" title="Facebook has not answered yet" actions={away}>
          Finish on its page, or start again here; an attempt is good for ten minutes.
        </Answer>
      )
    case 'received':
      return <Waiting />
  }
}

type AnswerProps = {
  tone?: 'plain' | 'warn' | 'stop'
  title: string
  actions: ReactNode
  children: ReactNode
}

function Answer({ tone = 'plain', title, actions, children }: AnswerProps) {
  return (
    <Note role="status" tone={tone} title={title} actions={actions} className="mb-4">
      {children}
    </Note>
  )
}

function Waiting() {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Note role="status" title="Facebook said yes; its keys are on their way" className="mb-4">
      <p className="text-ink-2">
        {isLong
          ? 'This takes longer than it should. You can leave the page: it goes on by itself, and the accounts then stand here.'
          : 'The accounts stand here in a moment.'}
      </p>
      <ProgressBar label="Fetching the keys" share={null} />
    </Note>
  )
}
