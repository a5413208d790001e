'use client'

import { type ReactNode, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Field } from './field.tsx'
import { Input } from './input.tsx'

/** From this many things on, the number is typed before it may happen. */
const TYPED_FROM = 10

type ConfirmDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The question, with its object: "Disconnect @tarncycles from Instagram?" */
  title: ReactNode
  /** What breaks, what stays. */
  children: ReactNode
  /** Repeats the verb with its object: "Disconnect and unschedule 14". */
  confirm: string
  /** The way back: "Keep it". */
  keep: string
  onConfirm: () => void
  busy?: boolean
  /** How many things it takes with it; from 10 on the person types it. */
  count?: number
  look?: 'stop' | 'act'
}

/** Asked once before what cannot be undone; focus waits on the safe button. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  keep,
  onConfirm,
  busy = false,
  count = 0,
  look = 'stop',
  open,
  onOpenChange,
}: ConfirmDialogProps) {
  const safe = useRef<HTMLButtonElement>(null)
  const [typed, setTyped] = useState('')
  const formId = useId()
  const mustType = count >= TYPED_FROM
  const ready = !mustType || typed.trim() === String(count)

  function change(next: boolean) {
    setTyped('')
    onOpenChange(next)
  }

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      role="alertdialog"
      initialFocus={safe}
      footer={
        <>
          <Button ref={safe} onClick={() => change(false)}>
            {keep}
          </Button>
          <Button
            look={look}
            type="submit"
            form={formId}
            busy={busy}
            disabledReason={ready ? null : `Type ${count} to go on.`}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-2.5"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !busy) onConfirm()
        }}
      >
        {children}
        {mustType && (
          <Field label={<>Type {count} to go on</>}>
            <Input
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              inputMode="numeric"
              autoComplete="off"
            />
          </Field>
        )}
      </form>
    </Dialog>
  )
}
