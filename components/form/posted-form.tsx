'use client'

import { clsx } from 'clsx'
import { type ReactNode, startTransition, useActionState } from 'react'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { Refusal } from '#lib/errors.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'
import { FormProblem } from './form-problem.tsx'
import type { FormResult } from './form-result.ts'
import { FormScope } from './form-scope.tsx'

type Answer = { redirectTo: string } | { refusal: Refusal; fieldErrors?: Partial<Record<string, string[]>> }

type PostedFormProps = {
  /** A route handler of app/api that answers with app/api/answer.ts. */
  url: string
  deed: string
  /** What the form posts says why it came back, where no script could show it in place. */
  refused?: string | undefined
  button: string
  className?: string
  children: ReactNode
}

/** A form for a route handler. Without script the browser posts it and follows the redirect. */
export function PostedForm({ url, deed, refused, button, className, children }: PostedFormProps) {
  const first: FormResult = refused ? { serverError: refusal(refused) } : {}
  const [result, post, pending] = useActionState(
    (_: FormResult, fields: FormData) => send(url, fields).catch(unreachable),
    first,
  )
  return (
    <FormScope result={result}>
      <form
        method="post"
        action={url}
        encType="multipart/form-data"
        noValidate
        className={clsx('grid content-start gap-3.5', className)}
        onSubmit={(event) => {
          event.preventDefault()
          const fields = new FormData(event.currentTarget)
          startTransition(() => post(fields))
        }}
      >
        <FormProblem deed={deed} />
        {children}
        <SubmitButton busy={pending}>{button}</SubmitButton>
      </form>
    </FormScope>
  )
}

async function send(url: string, fields: FormData): Promise<FormResult> {
  const response = await fetch(url, { method: 'POST', body: fields, headers: { accept: 'application/json' } })
  const answer = (await response.json()) as Answer // app/api/answer.ts writes nothing else
  if ('redirectTo' in answer) {
    window.location.assign(answer.redirectTo)
    return new Promise(() => {}) // busy until the next page is here
  }
  if (answer.fieldErrors) return { validationErrors: { formErrors: [], fieldErrors: answer.fieldErrors } }
  return { serverError: answer.refusal }
}

function unreachable(error: unknown): FormResult {
  return { serverError: refusalFrom(error) ?? refusal('unexpected') }
}
