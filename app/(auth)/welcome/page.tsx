import type { Metadata } from 'next'
import { Door } from '#components/auth/door.tsx'
import { SignOutButton } from '#components/auth/sign-out-button.tsx'
import { Form } from '#components/form/form.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { Input } from '#components/ui/input.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { createAgency } from '#lib/identity/actions.ts'
import { wishedAgencyName } from '#lib/identity/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'

export const metadata: Metadata = { title: 'Name your agency' }

/** For someone with an account and no agency, brand or client page yet. */
export default async function WelcomePage() {
  const { email } = await requireSession()
  return (
    <Door
      title="Name your agency"
      motto="A desk for the agency, a page for each client."
      note={`You are signed in as ${email} and belong to no agency here yet.`}
    >
      <Form action={createAgency} deed="opened">
        <FormField
          name="agencyName"
          label="Agency name"
          hint="Clients read it on mails and on their page. You can change it."
        >
          <Input name="agencyName" autoComplete="organization" defaultValue={await wishedAgencyName()} />
        </FormField>
        <SubmitButton>Open the desk</SubmitButton>
      </Form>
      <div className="grid justify-items-start gap-2 text-ink-3">
        <p>
          Invited to an agency that is here? Open the link in that mail instead; it knows where you belong.
        </p>
        <SignOutButton>Sign out</SignOutButton>
      </div>
    </Door>
  )
}
