'use client'

import { Check } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useActionState, useEffect, useRef, useState } from 'react'
import { FormField } from '#components/form/form-field.tsx'
import { FormProblem } from '#components/form/form-problem.tsx'
import { FormScope } from '#components/form/form-scope.tsx'
import { SealLine } from '#components/status/seal-line.tsx'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/note.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { decideApproval } from '#lib/approvals/actions.ts'

type PortalDecisionProps = {
  postId: string
  title: string
  digest: string
  /** False once the answer is known: then what came of it stands here. */
  isAsked: boolean
  /** "It goes out tomorrow 17:30." */
  onward: string
  agencyName: string
}

const refusedAsStale = ['content_changed', 'decision_not_yours', 'decision_already_made']

/** The two answers. A refusal keeps what was typed; where the post moved on, the page shows it as it is now. */
export function PortalDecision({ postId, title, digest, isAsked, onward, agencyName }: PortalDecisionProps) {
  const [result, decide, busy] = useActionState(decideApproval, {})
  const [asking, setAsking] = useState(false)
  const comment = useRef<HTMLTextAreaElement>(null)
  const router = useRouter()

  const code = result.serverError?.code
  useEffect(() => {
    if (code !== undefined && refusedAsStale.includes(code)) router.refresh()
  }, [code, router])

  const outcome = result.data?.outcome
  if (outcome === 'approved') {
    return (
      <div className="border-t border-rule px-4 py-3" role="status">
        <SealLine state="whole" lands title="You approved it">
          {onward}
        </SealLine>
      </div>
    )
  }
  if (outcome === 'changes_requested') {
    return (
      <div className="border-t border-rule px-4 py-3" role="status">
        <Note title="Your request is with them">
          {agencyName} changes it and asks you again. Until then it does not go out.
        </Note>
      </div>
    )
  }
  if (!isAsked) return null

  return (
    <FormScope result={result}>
      <form
        action={decide}
        noValidate
        onReset={(event) => event.preventDefault()}
        className="grid gap-3 border-t border-rule px-4 pt-3 pb-3.5"
      >
        <input type="hidden" name="postId" value={postId} />
        <input type="hidden" name="seenDigest" value={digest} />
        <FormProblem deed="sent" />
        <div hidden={!asking}>
          <FormField
            name="comment"
            label="What should change?"
            hint={`Goes to ${agencyName}. The post waits until they answer.`}
          >
            <Textarea ref={comment} name="comment" rows={3} placeholder="One or two sentences are enough" />
          </FormField>
        </div>
        {/* Keyed apart: a button that turned into another under a press would do the other's deed. */}
        {asking ? (
          <div key="asking" className="grid grid-cols-[auto_minmax(0,1fr)] gap-2.5">
            <Button size="lg" onClick={() => setAsking(false)}>
              Back
            </Button>
            <Button size="lg" look="act" type="submit" name="outcome" value="changes_requested" busy={busy}>
              Send my request
            </Button>
          </div>
        ) : (
          <div key="deciding" className="grid grid-cols-2 gap-2.5">
            <Button
              size="lg"
              look="pass"
              type="submit"
              name="outcome"
              value="approved"
              busy={busy}
              aria-label={`Approve ${title}`}
            >
              <Check aria-hidden />
              Approve
            </Button>
            <Button
              size="lg"
              aria-label={`Ask for changes to ${title}`}
              onClick={() => {
                setAsking(true)
                requestAnimationFrame(() => comment.current?.focus())
              }}
            >
              Ask for changes
            </Button>
          </div>
        )}
      </form>
    </FormScope>
  )
}
