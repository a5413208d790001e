'use client'

import { Check } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { FormField } from '#components/form/form-field.tsx'
import { FormProblem } from '#components/form/form-problem.tsx'
import { FormScope } from '#components/form/form-scope.tsx'
import { useKeptAction } from '#components/form/use-kept-action.ts'
import { SealLine } from '#components/status/seal-line.tsx'
import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/note.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { decideApproval } from '#lib/approvals/actions.ts'

type PortalDecisionProps = {
  postId: string
  title: string
  version: number
  digest: string
  /** False once the answer is known: then what came of it stands here. */
  isAsked: boolean
  /** What stands here for an answer given earlier. */
  settled?: ReactNode
  /** "It goes out tomorrow 17:30." */
  onward: string
  agencyName: string
}

const refusedAsStale = ['content_changed', 'decision_not_yours', 'decision_already_made']

/**
 * The two answers. A refusal keeps what was typed; where the post moved on meanwhile, the page comes anew and
 * compares it with what was seen.
 */
export function PortalDecision(props: PortalDecisionProps) {
  const { postId, title, version, digest, isAsked, settled, onward, agencyName } = props
  const { result, isBusy, form } = useKeptAction(decideApproval)
  const [asking, setAsking] = useState(false)
  // Kept while it is out of sight, and sent with a request alone: a yes carries no half-written no.
  const [words, setWords] = useState('')
  const router = useRouter()
  const pathname = usePathname()

  const code = result.serverError?.code
  const isStale = code !== undefined && refusedAsStale.includes(code)
  const answered = useRef(result)
  useEffect(() => {
    if (!isStale || answered.current === result) return
    answered.current = result
    router.replace(`${pathname}?seen=${postId}.${version}`, { scroll: false })
  }, [isStale, result, pathname, router, postId, version])

  const outcome = result.data?.outcome
  if (outcome === 'approved') {
    return (
      <Answer>
        <SealLine state="whole" lands title="You approved it">
          {onward}
        </SealLine>
      </Answer>
    )
  }
  if (outcome === 'changes_requested') {
    return (
      <Answer>
        <Note title="Your request is with them">
          {agencyName} changes it and asks you again. Until then it does not go out.
        </Note>
      </Answer>
    )
  }
  if (!isAsked) {
    return result.serverError ? (
      <Answer>
        <Note tone="warn" title="Not sent">
          {result.serverError.sentence}
          {words && <p className="mt-1 text-ink-2">You had written: “{words}”</p>}
        </Note>
      </Answer>
    ) : (
      settled && <div className="border-t border-rule px-4 py-3">{settled}</div>
    )
  }

  return (
    <FormScope result={result}>
      <form {...form} className="grid gap-3 border-t border-rule px-4 pt-3 pb-3.5">
        <input type="hidden" name="postId" value={postId} />
        <input type="hidden" name="seenDigest" value={digest} />
        <FormProblem deed="sent" />
        {asking && (
          <FormField
            name="comment"
            label="What should change?"
            hint={`Goes to ${agencyName}. The post waits until they answer.`}
          >
            <Textarea
              name="comment"
              rows={3}
              autoFocus
              placeholder="One or two sentences are enough"
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </FormField>
        )}
        {/* Keyed apart: a button that turned into another under a press would do the other's deed. */}
        {asking ? (
          <div key="asking" className="grid grid-cols-[auto_minmax(0,1fr)] gap-2.5">
            <Button size="lg" onClick={() => setAsking(false)}>
              Back
            </Button>
            <Button size="lg" look="act" type="submit" name="outcome" value="changes_requested" busy={isBusy}>
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
              busy={isBusy}
              aria-label={`Approve ${title}`}
            >
              <Check aria-hidden />
              Approve
            </Button>
            <Button size="lg" aria-label={`Ask for changes to ${title}`} onClick={() => setAsking(true)}>
              Ask for changes
            </Button>
          </div>
        )}
      </form>
    </FormScope>
  )
}

/** Takes the focus from the button that is gone, so that readers hear what came of it. */
function Answer({ children }: { children: ReactNode }) {
  return (
    <div
      ref={(answer) => answer?.focus({ preventScroll: true })}
      tabIndex={-1}
      className="border-t border-rule px-4 py-3 outline-none"
    >
      {children}
    </div>
  )
}
