'use client'

import { useState } from 'react'
import { Form } from '#components/form/form.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { Button } from '#components/ui/button.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { decideApproval } from '#lib/approvals/actions.ts'

type HoldFormProps = { postId: string; digest: string; isHeld: boolean; agencyName: string }

/** Stops an approved post before it goes out, or lets it go again; either can be said with a word why. */
export function HoldForm({ postId, digest, isHeld, agencyName }: HoldFormProps) {
  const [asking, setAsking] = useState(false)
  const facts = (
    <>
      <input type="hidden" name="postId" value={postId} />
      <input type="hidden" name="seenDigest" value={digest} />
    </>
  )
  if (isHeld) {
    return (
      <Form action={decideApproval} deed="let go">
        {facts}
        <input type="hidden" name="outcome" value="approved" />
        <div>
          <SubmitButton look="pass" size="lg">
            Let it go out
          </SubmitButton>
        </div>
      </Form>
    )
  }
  if (!asking) {
    return (
      <Button size="lg" onClick={() => setAsking(true)}>
        Put it on hold
      </Button>
    )
  }
  return (
    <Form action={decideApproval} deed="put on hold">
      {facts}
      <input type="hidden" name="outcome" value="held" />
      <FormField name="comment" label="Why? You may leave this empty" hint={`Goes to ${agencyName}.`}>
        <Textarea name="comment" rows={2} autoFocus />
      </FormField>
      <div className="flex gap-2.5">
        <Button size="lg" onClick={() => setAsking(false)}>
          Back
        </Button>
        <SubmitButton size="lg">Put it on hold</SubmitButton>
      </div>
    </Form>
  )
}
