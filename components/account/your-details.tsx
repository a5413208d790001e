import { Form } from '#components/form/form.tsx'
import { FormDone } from '#components/form/form-done.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { TimeZoneSelect } from '#components/form/time-zone-select.tsx'
import { Input } from '#components/ui/input.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { saveAccount } from '#lib/identity/actions.ts'
import type { Profile } from '#lib/members/queries.ts'

export function YourDetails({ profile }: { profile: Profile }) {
  return (
    <section className="mt-5">
      <SectionHead title="You" />
      <Form action={saveAccount} deed="saved" className="max-w-[420px] border-t border-rule-2 pt-3.5">
        <FormField name="displayName" label="Name" hint="Others read it beside what you do.">
          <Input name="displayName" autoComplete="name" defaultValue={profile.displayName} />
        </FormField>
        <FormField
          name="timeZone"
          label="Time zone"
          hint="For times that belong to you; a brand keeps its own zone."
        >
          <TimeZoneSelect name="timeZone" defaultValue={profile.timeZone} />
        </FormField>
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton>Save</SubmitButton>
          <FormDone>Saved</FormDone>
        </div>
      </Form>
    </section>
  )
}
