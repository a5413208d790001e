'use client'

import { useEffect, useRef } from 'react'
import { Note } from '#components/ui/note.tsx'
import { useFormResult } from './form-result.ts'

/** The summary at a form's head: one refusal, or the fields that need a person, each a way to it. */
export function FormProblem({ deed }: { deed: string }) {
  const { serverError, validationErrors } = useFormResult()
  const head = useRef<HTMLDivElement>(null)
  const problem = serverError ?? validationErrors

  useEffect(() => {
    if (problem) head.current?.focus()
  }, [problem])

  if (!problem) return null
  const fields = Object.entries(validationErrors?.fieldErrors ?? {}).flatMap(([name, messages]) =>
    messages?.[0] ? { name, message: messages[0] } : [],
  )
  return (
    <Note tone="stop" role="alert" tabIndex={-1} ref={head} title={titleOf(deed, fields.length)}>
      {serverError && <p>{serverError.sentence}</p>}
      {serverError?.errorId && (
        <p className="text-ink-2">
          If it stays, tell whoever runs the desk: <span className="font-mono">{serverError.errorId}</span>
        </p>
      )}
      {validationErrors?.formErrors.map((message) => (
        <p key={message}>{message}</p>
      ))}
      {fields.length > 1 && (
        <ul>
          {fields.map(({ name, message }) => (
            <li key={name}>
              <button
                type="button"
                className="text-left underline"
                onClick={() => focusField(head.current, name)}
              >
                {message}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Note>
  )
}

function titleOf(deed: string, fields: number): string {
  if (fields === 0) return `Not ${deed}.`
  const need = fields === 1 ? 'one field needs you' : `${fields === 2 ? 'two' : fields} fields need you`
  return `Not ${deed}: ${need}. All you typed is still here.`
}

function focusField(within: HTMLElement | null, name: string) {
  const control = within?.closest('form')?.elements.namedItem(name)
  const first = control instanceof RadioNodeList ? control[0] : control
  if (first instanceof HTMLElement) first.focus()
}
