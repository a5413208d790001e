import type { Metadata } from 'next'
import { DoorSheet } from '#components/auth/door-sheet.tsx'
import { Form } from '#components/form/form.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { Input } from '#components/ui/input.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { choosePassword } from '#lib/identity/actions.ts'
import { requireSession } from '#lib/supabase/session.ts'

export const metadata: Metadata = { title: 'Choose a new password' }

/** Where a reset link ends: the link signed the person in, and that is the proof. */
export default async function NewPasswordPage() {
  const { email } = await requireSession()
  return (
    <DoorSheet title="Choose a new password">
      <Form action={choosePassword} deed="set">
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <FormField
          name="password"
          label="New password"
          hint="At least 10 characters. Length decides, not symbols; four words make it strong."
        >
          <Input name="password" type="password" autoComplete="new-password" />
        </FormField>
        <label className="flex items-start gap-2">
          <input type="checkbox" name="signOutOthers" defaultChecked className="chk" />
          <span>Sign out my other devices</span>
        </label>
        <SubmitButton>Set password</SubmitButton>
      </Form>
    </DoorSheet>
  )
}
