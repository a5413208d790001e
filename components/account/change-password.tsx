import { Form } from '#components/form/form.tsx'
import { FormDone } from '#components/form/form-done.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { Input } from '#components/ui/input.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { changePassword, mailResetLink } from '#lib/identity/actions.ts'

export function ChangePassword({ email }: { email: string }) {
  return (
    <section className="mt-5">
      <SectionHead title="Password" />
      <div className="grid max-w-[420px] gap-5 border-t border-rule-2 pt-3.5">
        <Form action={changePassword} deed="changed" clears>
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <FormField name="current" label="Current password">
            <Input name="current" type="password" autoComplete="current-password" />
          </FormField>
          <FormField
            name="password"
            label="New password"
            hint="At least 10 characters. Four words make a strong one."
          >
            <Input name="password" type="password" autoComplete="new-password" />
          </FormField>
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton look="plain">Change password</SubmitButton>
            <FormDone>Changed; your other devices are signed out</FormDone>
          </div>
        </Form>
        <Form action={mailResetLink} deed="sent">
          <input type="hidden" name="email" value={email} />
          <p className="text-ink-2">Never had one, or forgot it? A link in your mail lets you choose.</p>
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton look="plain">Mail me a link</SubmitButton>
            <FormDone>On its way to {email}</FormDone>
          </div>
        </Form>
      </div>
    </section>
  )
}
