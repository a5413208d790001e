import type { Metadata } from 'next'
import Link from 'next/link'
import { Door } from '#components/auth/door.tsx'
import { Mailed } from '#components/auth/mailed.tsx'
import { Form } from '#components/form/form.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { Input } from '#components/ui/input.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { mailResetLink } from '#lib/identity/actions.ts'

export const metadata: Metadata = { title: 'Forgotten password' }

export default function ResetPage() {
  return (
    <Door
      title="Forgotten password"
      motto="What was approved is what goes out."
      note="A link in your mail lets you choose a new password. Nothing else changes."
    >
      <Form action={mailResetLink} deed="sent" done={<SentReset />}>
        <FormField name="email" label="E-mail">
          <Input name="email" type="email" inputMode="email" autoComplete="username" />
        </FormField>
        <SubmitButton>Mail me a link</SubmitButton>
      </Form>
      <p>
        <Link href="/sign-in">Back to sign in</Link>
      </p>
    </Door>
  )
}

function SentReset() {
  return (
    <Mailed>
      <p className="text-ink-2">
        If the address has an account here, a mail is on its way with a link to choose a new password. It is
        good for an hour, once.
      </p>
      <p className="text-ink-3">
        Nothing after two minutes? Look in the junk folder, <a href="/reset">ask again</a>, or ask an owner of
        your desk.
      </p>
    </Mailed>
  )
}
