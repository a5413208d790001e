'use client'

import { Plug } from 'lucide-react'
import { Form } from '#components/form/form.tsx'
import type { ButtonLook, ButtonSize } from '#components/ui/button.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { startConnecting } from '#lib/connections/actions.ts'

type ConnectButtonProps = {
  brandId: string
  children: string
  look?: ButtonLook
  size?: ButtonSize
  /** Why this person may not, and who may. */
  refused?: string | null
}

/** Leads to Facebook's own page, which asks for the rights and comes back here. */
export function ConnectButton({ brandId, children, look = 'act', size = 'md', refused }: ConnectButtonProps) {
  return (
    <Form action={startConnecting} deed="started">
      <input type="hidden" name="brandId" value={brandId} />
      <input type="hidden" name="platform" value="meta" />
      <SubmitButton look={look} size={size} disabledReason={refused}>
        {look === 'act' && <Plug aria-hidden />}
        {children}
      </SubmitButton>
    </Form>
  )
}
