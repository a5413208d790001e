'use client'

import { unstable_rethrow } from 'next/navigation'
import { type FormEvent, startTransition, useActionState } from 'react'
import { refusal, refusalFrom } from '#lib/refusals.ts'
import type { FormResult } from './form-result.ts'

/**
 * An action's answer for a form that must lose nothing: where the line breaks before an answer comes, the
 * answer is a refusal, and the form stands as it was. Before its script has come the form posts by itself.
 * @returns what to spread on the <form>, beside the answer and whether it is awaited
 */
export function useKeptAction<Result extends FormResult>(
  action: (previous: Awaited<Result>, fields: FormData) => Promise<Result>,
) {
  // Every action's answer has an empty form, "not asked yet"; TypeScript cannot see that of a type parameter.
  const [early, post] = useActionState(action, {} as Awaited<Result>)
  const [result, send, isBusy] = useActionState(
    async (previous: Awaited<Result>, fields: FormData): Promise<Awaited<Result>> => {
      try {
        return (await action(previous, fields)) as Awaited<Result> // an answer is never a promise itself
      } catch (error) {
        unstable_rethrow(error) // a redirect is no failure
        return { serverError: refusalFrom(error) ?? refusal('unexpected') } as Awaited<Result>
      }
    },
    early,
  )
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent // React's submit event always stands for one
    const fields = new FormData(event.currentTarget, submitter)
    startTransition(() => send(fields))
  }
  return { result, isBusy, form: { action: post, onSubmit, noValidate: true } }
}
