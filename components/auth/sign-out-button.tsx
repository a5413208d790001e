'use client'

import type { ComponentProps } from 'react'
import { Form } from '#components/form/form.tsx'
import type { Button } from '#components/ui/button.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { signOut } from '#lib/identity/actions.ts'

type SignOutButtonProps = ComponentProps<typeof Button> & { everywhere?: boolean; next?: string }

/** Ends this session, or every session of the person on every device. */
export function SignOutButton({ everywhere = false, next, look = 'plain', ...rest }: SignOutButtonProps) {
  return (
    <Form action={signOut} deed="signed out">
      <input type="hidden" name="scope" value={everywhere ? 'global' : 'local'} />
      {next && <input type="hidden" name="next" value={next} />}
      <SubmitButton {...rest} look={look} />
    </Form>
  )
}
