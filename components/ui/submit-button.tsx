'use client'

import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from './button.tsx'

/** The one heavy button of a form: busy while its form's action runs. */
export function SubmitButton({ look = 'act', busy, ...rest }: ComponentProps<typeof Button>) {
  const { pending } = useFormStatus()
  return <Button {...rest} look={look} type="submit" busy={busy || pending} />
}
