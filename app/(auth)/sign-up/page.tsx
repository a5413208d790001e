import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { Door } from '#components/auth/door.tsx'
import { Mailed } from '#components/auth/mailed.tsx'
import { Form } from '#components/form/form.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { Input } from '#components/ui/input.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { signUp } from '#lib/identity/actions.ts'
import { getSession } from '#lib/supabase/session.ts'

export const metadata: Metadata = { title: 'Open a desk' }

export default async function SignUpPage() {
  if (await getSession()) redirect('/')
  return (
    <Door
      title="Open a desk"
      motto="A desk for the agency, a page for each client."
      note="Free and open source. Your posts, accounts and numbers stay on the machine you chose."
    >
      <Form action={signUp} deed="opened" done={<ConfirmFirst />}>
        <FormField
          name="agencyName"
          label="Agency name"
          hint="Clients read it on mails and on their page. You can change it."
        >
          <Input name="agencyName" autoComplete="organization" />
        </FormField>
        <FormField name="displayName" label="Your name">
          <Input name="displayName" autoComplete="name" />
        </FormField>
        <FormField name="email" label="Work e-mail">
          <Input name="email" type="email" inputMode="email" autoComplete="username" />
        </FormField>
        <FormField
          name="password"
          label="Password"
          hint="At least 10 characters. Four words make a strong one."
        >
          <Input name="password" type="password" autoComplete="new-password" />
        </FormField>
        <SubmitButton>Open the desk</SubmitButton>
      </Form>
      <p className="text-ink-3">
        Have a desk already? <Link href="/sign-in">Sign in</Link>. Invited to one? The link in your mail opens
        the door.
      </p>
    </Door>
  )
}

function ConfirmFirst() {
  return (
    <Mailed>
      <p className="text-ink-2">We mailed a link that proves the address is yours. It opens the desk.</p>
      <p className="text-ink-3">Nothing after two minutes? Look in the junk folder, or sign up again.</p>
    </Mailed>
  )
}
