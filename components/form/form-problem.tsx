'use client'

import { useContext, useEffect, useRef } from 'react'
import { Note } from '#components/ui/note.tsx'
import { FieldLabelsContext, useFormResult } from './form-result.ts'

/** The summary at a form's head: one refusal, or the fields that need a person, each a way to it. */
export function FormProblem({ deed }: { deed: string }) {
  const { serverError, validationErrors } = useFormResult()
  const labels = useContext(FieldLabelsContext)
  const head = useRef<HTMLDivElement>(null)
  const problem = serverError ?? validationErrors

  useEffect(() => {
    if (problem) head.current?.focus()
  }, [problem])

  if (!problem) return null
  const fields = Object.entries(validationErrors?.fieldErrors ?? {}).flatMap(([name, messages]) =>
    messages?.[0] ? { name, label: labels.get(name) ?? messages[0] } : [],
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
      {fields.length > 0 && (
        <>
          <ul className="flex flex-wrap gap-x-3">
            {fields.map(({ name, label }) => (
              <li key={name}>
                <button
                  type="button"
                  className="min-h-6 text-left underline pointer-coarse:min-h-11"
                  onClick={() => focusField(head.current, name)}
                >
                  {label}
                </button>
              </li>
            ))}
          </ul>
          <p className="text-ink-2">All you typed is still here.</p>
        </>
      )}
    </Note>
  )
}

function titleOf(deed: string, fields: number): string {
  if (fields === 0) return `Not ${deed}`
  return `Not ${deed}: ${fields === 1 ? 'one field needs you' : `${fields} fields need you`}`
}

function focusField(within: HTMLElement | null, name: string) {
  const control = within?.closest('form')?.elements.namedItem(name)
  const first = control instanceof RadioNodeList ? control[0] : control
  if (first instanceof HTMLElement) first.focus()
}
