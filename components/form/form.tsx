'use client'

import { clsx } from 'clsx'
import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { FormProblem } from './form-problem.tsx'
import type { FormResult } from './form-result.ts'
import { FormScope } from './form-scope.tsx'

type FormProps<Result extends FormResult> = {
  /** A `.stateAction(…)` given as it is, so that the form works before its script has come. */
  action: (previous: Awaited<Result>, fields: FormData) => Promise<Result>
  /** What to call the deed in "Not …: two fields need you": saved, sent, invited. */
  deed: string
  /** Takes the place of the fields once the action has answered. */
  done?: ReactNode
  /** Empties the fields after success, for a form that is used again and again. */
  clears?: boolean
  className?: string
  children: ReactNode
}

/** A form that keeps what was typed, says at its head what was refused, and puts the focus there. */
export function Form<Result extends FormResult>({
  action,
  deed,
  done,
  clears = false,
  className,
  children,
}: FormProps<Result>) {
  // Every action's answer has an empty form, "not asked yet"; TypeScript cannot see that of a type parameter.
  const [result, dispatch] = useActionState(action, {} as Awaited<Result>)
  const form = useRef<HTMLFormElement>(null)
  const clearing = useRef(false)

  useEffect(() => {
    if (!clears || result.data === undefined) return
    clearing.current = true
    form.current?.reset()
    clearing.current = false
  }, [clears, result])

  return (
    <FormScope result={result}>
      {done && result.data !== undefined ? (
        done
      ) : (
        <form
          ref={form}
          action={dispatch}
          noValidate
          className={clsx('grid content-start gap-3.5', className)}
          // React empties a form after its action, refused or not; what was typed stays here.
          onReset={(event) => {
            if (!clearing.current) event.preventDefault()
          }}
        >
          <FormProblem deed={deed} />
          {children}
        </form>
      )}
    </FormScope>
  )
}
