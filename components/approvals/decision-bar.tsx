'use client'

import { Check } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react'
import { FormField } from '#components/form/form-field.tsx'
import { FormProblem } from '#components/form/form-problem.tsx'
import { FormScope } from '#components/form/form-scope.tsx'
import { useKeptAction } from '#components/form/use-kept-action.ts'
import { useShortcuts } from '#components/shell/use-shortcuts.ts'
import { Seal } from '#components/status/seal.tsx'
import { SealLine } from '#components/status/seal-line.tsx'
import { Button } from '#components/ui/button.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { decideApproval } from '#lib/approvals/actions.ts'

type DecisionBarProps = {
  postId: string
  version: number
  digest: string
  /** What a yes does: "Your yes seals this version and passes it to Marguerite." */
  passes: string
  /** Where it stands after a yes: "It waits for Marguerite now." */
  onward: string
  /** Who reads what should change. */
  authorName: string
  /** What stands here instead, once the server knows of a decision. */
  settled: ReactNode
  isOpen: boolean
}

const refusedAsStale = ['content_changed', 'decision_not_yours', 'decision_already_made']

/**
 * Approve or ask for changes, on exactly the version shown. A refusal keeps what was typed; where the piece
 * moved on meanwhile, the page comes anew and shows what changed since.
 */
export function DecisionBar(props: DecisionBarProps) {
  const { postId, version, digest, passes, onward, authorName, settled, isOpen } = props
  const { result, isBusy, form } = useKeptAction(decideApproval)
  const [asking, setAsking] = useState(false)
  // Kept while it is out of sight, and sent with a request alone: a yes carries no half-written no.
  const [words, setWords] = useState('')
  const approve = useRef<HTMLButtonElement>(null)
  const router = useRouter()
  const pathname = usePathname()
  const query = useSearchParams()

  const code = result.serverError?.code
  const isStale = code !== undefined && refusedAsStale.includes(code)
  const answered = useRef(result)
  useEffect(() => {
    if (!isStale || answered.current === result) return
    answered.current = result
    const next = new URLSearchParams(query)
    next.set('post', postId)
    next.set('seen', String(version))
    next.set('view', 'changes')
    router.replace(`${pathname}?${next}`, { scroll: false })
  }, [isStale, result, query, pathname, router, postId, version])

  const ask = () => setAsking(true)

  /** The piece keeps its place once it has left the queue: its answer is seen to land. */
  function stay() {
    if (query.has('post')) return
    const here = new URLSearchParams(query)
    here.set('post', postId)
    window.history.replaceState(null, '', `${pathname}?${here}`)
  }
  useShortcuts(isOpen ? { a: () => approve.current?.focus(), c: ask } : {})

  const outcome = result.data?.outcome
  if (outcome === 'approved' && !isOpen) {
    return (
      <Foot>
        <SealLine state="whole" lands title="You approved it" className="flex-1" digest={digest}>
          {onward}
        </SealLine>
      </Foot>
    )
  }
  if (!isOpen) return <Foot>{settled}</Foot>

  return (
    <FormScope result={result}>
      <form
        {...form}
        onSubmit={(event) => {
          stay()
          form.onSubmit(event)
        }}
        className="mt-auto border-t-2 border-ink bg-raised px-3.5 py-2 md:px-[22px] md:py-2.5 max-md:fixed max-md:inset-x-0 max-md:bottom-[calc(58px+env(safe-area-inset-bottom))] max-md:z-(--z-sticky) max-md:max-h-[70dvh] max-md:overflow-y-auto md:sticky md:bottom-0"
      >
        <input type="hidden" name="postId" value={postId} />
        <input type="hidden" name="seenDigest" value={digest} />
        {(result.serverError || result.validationErrors) && (
          <div className="mb-2.5">
            <FormProblem deed="decided" />
          </div>
        )}
        {asking && (
          <FormField
            name="comment"
            label="What should change?"
            hint={`Goes to ${authorName}. The post waits until they answer.`}
            className="mb-2.5"
          >
            <Textarea
              name="comment"
              rows={3}
              autoFocus
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </FormField>
        )}
        <div className="flex flex-wrap items-center gap-2">
          <Seal state="pending" size="sm" silent />
          <p className="max-w-[34ch] text-ink-2 max-md:hidden">{passes}</p>
          <span className="max-md:hidden md:ml-auto" />
          {/* Keyed apart: a button that turned into another under a press would do the other's deed. */}
          {asking ? (
            <Fragment key="asking">
              <Button className="max-md:flex-1" onClick={() => setAsking(false)}>
                Not now
              </Button>
              <Button
                type="submit"
                name="outcome"
                value="changes_requested"
                look="act"
                busy={isBusy}
                className="max-md:flex-1"
              >
                Send the request
              </Button>
            </Fragment>
          ) : (
            <Fragment key="deciding">
              <Button className="max-md:flex-1" onClick={ask} aria-keyshortcuts="C">
                Ask for changes
                <Kbd aria-hidden className="max-md:hidden">
                  C
                </Kbd>
              </Button>
              <Button
                ref={approve}
                type="submit"
                name="outcome"
                value="approved"
                look="pass"
                busy={isBusy}
                aria-keyshortcuts="A"
                className="max-md:flex-1"
              >
                <Check aria-hidden />
                Approve
                <Kbd
                  aria-hidden
                  className="border-current! bg-transparent! text-inherit! opacity-80 max-md:hidden"
                >
                  A
                </Kbd>
              </Button>
            </Fragment>
          )}
        </div>
      </form>
    </FormScope>
  )
}

function Foot({ children }: { children: ReactNode }) {
  return (
    <div className="mt-auto border-t-2 border-ink bg-raised px-3.5 py-2.5 md:sticky md:bottom-0 md:px-[22px]">
      {children}
    </div>
  )
}
