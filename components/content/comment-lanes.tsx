'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useDeed } from '#components/form/use-deed.ts'
import { Lane, LaneComment, LaneForm } from '#components/status/lane.tsx'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/note.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { Time } from '#components/ui/time.tsx'
import { addComment } from '#lib/content/actions.ts'
import { namesInARow } from '#lib/content/acts.ts'
import { useKeptText } from './kept-text.ts'
import { clientNamedIn } from './names-client.ts'
import { clientsIn, nameIn, type People } from './people.ts'

export type Audience = 'client' | 'internal'

/** A comment, or what someone said with a decision. */
export type Said = {
  id: string
  audience: Audience
  by: string | null
  at: string
  /** "asks for changes to version 3" */
  deed: string | null
  body: string
}

type CommentLanesProps = {
  brand: { id: string; agencyName: string; timeZone: string }
  postId: string
  said: readonly Said[]
  people: People
  /** The client has seen a version of it. */
  isShared: boolean
  mayWrite: { client: boolean; internal: boolean }
}

/** Talk about a piece in its two lanes, never alike. */
export function CommentLanes(props: CommentLanesProps) {
  const { brand, said, people, isShared } = props
  const clients = clientsIn(people)
  return (
    <div className="grid gap-3">
      <Lane
        audience="client"
        title={
          clients.length === 0 ? 'No client is on this brand yet' : `${namesInARow(clients)} can read this`
        }
      >
        {!isShared && clients.length > 0 && (
          <p className="px-3 pt-1.5 pb-1 text-ink-2">
            Nothing of this post was sent to them yet. They read this lane once it is.
          </p>
        )}
        <LaneTalk {...props} audience="client" said={said.filter((one) => one.audience === 'client')} />
      </Lane>
      <Lane audience="internal" title={`Only ${brand.agencyName} reads this`}>
        <LaneTalk {...props} audience="internal" said={said.filter((one) => one.audience === 'internal')} />
      </Lane>
    </div>
  )
}

function LaneTalk({
  brand,
  postId,
  audience,
  said,
  people,
  mayWrite,
}: CommentLanesProps & { audience: Audience }) {
  return (
    <>
      {said.map((one) => (
        <LaneComment
          key={one.id}
          name={nameIn(people, one.by)}
          from={one.by && people[one.by]?.isClient ? 'client' : 'staff'}
          at={<Time instant={one.at} zone={brand.timeZone} />}
        >
          {one.deed && <span className="text-ink-2">{one.deed}. </span>}
          {one.body}
        </LaneComment>
      ))}
      {mayWrite[audience] ? (
        <CommentForm brandId={brand.id} postId={postId} audience={audience} clients={clientsIn(people)} />
      ) : (
        said.length === 0 && <p className="px-3 py-1.5 text-ink-2">Nobody wrote here yet.</p>
      )}
    </>
  )
}

type CommentFormProps = { brandId: string; postId: string; audience: Audience; clients: readonly string[] }

function CommentForm({ brandId, postId, audience, clients }: CommentFormProps) {
  const [body, setBody] = useKeptText(`copydesk:comment:${postId}:${audience}`)
  const [named, setNamed] = useState<string | null>(null)
  const { busy, run } = useDeed()
  const router = useRouter()
  const isClient = audience === 'client'

  function send(to: Audience) {
    setNamed(null)
    run(async () => {
      const result = await addComment({ postId, brandId, audience: to, body })
      if (!result.serverError && !result.validationErrors) {
        setBody('')
        router.refresh()
      }
      return result
    })
  }

  function submit() {
    const name = isClient ? null : clientNamedIn(body, clients)
    if (name && named === null) setNamed(name)
    else send(audience)
  }

  return (
    <LaneForm>
      <Textarea
        look={audience}
        rows={2}
        maxLength={4000}
        aria-label={isClient ? 'Write to the client' : 'Write inside'}
        placeholder={isClient ? 'Write to the client' : 'Write to your colleagues'}
        value={body}
        onChange={(event) => {
          setBody(event.target.value)
          setNamed(null)
        }}
      />
      {named ? (
        <Note
          tone="warn"
          role="alert"
          className="w-full"
          title={`${named} does not read this lane.`}
          actions={
            <>
              <Button look="internal" size="sm" busy={busy} onClick={() => send('internal')}>
                Keep inside
              </Button>
              <Button look="client" size="sm" busy={busy} onClick={() => send('client')}>
                Send to client
              </Button>
            </>
          }
        />
      ) : (
        <Button
          look={audience}
          size="sm"
          busy={busy}
          disabledReason={body.trim() === '' ? 'Write something first.' : null}
          onClick={submit}
        >
          {isClient ? 'Send to client' : 'Keep inside'}
        </Button>
      )}
    </LaneForm>
  )
}
