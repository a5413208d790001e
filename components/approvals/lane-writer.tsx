'use client'

import { useId, useState } from 'react'
import { LaneForm } from '#components/status/lane.tsx'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { toast } from '#components/ui/toast.ts'
import { addComment } from '#lib/content/actions.ts'
import { unwrap } from '#lib/errors.ts'
import { firstName } from '#lib/members/first-name.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'

type LaneWriterProps = {
  audience: 'client' | 'internal'
  postId: string
  brandId: string
  label: string
  button: string
  /** Their names in the internal lane make us ask before it is kept. */
  clientNames?: readonly string[]
}

/** The next line of a lane; what was typed stays until it is kept. */
export function LaneWriter({ audience, postId, brandId, label, button, clientNames = [] }: LaneWriterProps) {
  const id = useId()
  const [body, setBody] = useState('')
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const named = clientNames.find((name) => mentions(body, name))

  async function keep() {
    setAsking(false)
    setBusy(true)
    try {
      await unwrap(addComment({ postId, brandId, audience, body }))
      setBody('')
    } catch (error) {
      toast.refused((refusalFrom(error) ?? refusal('unexpected')).sentence)
    } finally {
      setBusy(false)
    }
  }

  return (
    <LaneForm>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Textarea
        id={id}
        look={audience}
        rows={1}
        value={body}
        placeholder={label}
        maxLength={4000}
        onChange={(event) => setBody(event.target.value)}
      />
      <Button
        look={audience}
        size="sm"
        busy={busy}
        disabled={body.trim() === ''}
        onClick={() => (named ? setAsking(true) : void keep())}
      >
        {button}
      </Button>
      {named && (
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={`Keep this inside, where ${named} does not read it?`}
          confirm="Keep inside"
          keep="Back to the note"
          look="act"
          onConfirm={() => void keep()}
        >
          <p>The note names {named}. Only your agency reads this lane.</p>
        </ConfirmDialog>
      )}
    </LaneForm>
  )
}

function mentions(body: string, name: string): boolean {
  const first = firstName(name)
  return body
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}’'-]+/u)
    .includes(first.toLocaleLowerCase())
}
