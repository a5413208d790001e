'use client'

import { Form } from '#components/form/form.tsx'
import { FormDone } from '#components/form/form-done.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { FormRadioCards } from '#components/form/form-radio-cards.tsx'
import { Input } from '#components/ui/input.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { inviteMember } from '#lib/members/actions.ts'
import { invitableRoles, roleWords } from '#lib/members/roles.ts'

const cards = invitableRoles.map((role) => {
  const { name, may, mayNot } = roleWords[role]
  const limit = mayNot ? ` Not: ${mayNot.charAt(0).toLowerCase()}${mayNot.slice(1)}.` : ''
  return { value: role, title: name, hint: `${may.join('. ')}.${limit}` }
})

/** One mail to one person; its token alone opens the brand, for a week. */
export function InviteForm({ brand }: { brand: { id: string; name: string } }) {
  return (
    <section id="invite" className="mt-3 scroll-mt-16">
      <SectionHead title={`Invite to ${brand.name}`} />
      <Form action={inviteMember} deed="sent" clears className="border-t border-rule-2 pt-3.5">
        <input type="hidden" name="brandId" value={brand.id} />
        <FormField name="email" label="E-mail">
          <Input name="email" type="email" inputMode="email" autoComplete="off" />
        </FormField>
        <FormRadioCards legend="May" name="role" cards={cards} />
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton>Send the invitation</SubmitButton>
          <FormDone>On its way</FormDone>
        </div>
      </Form>
    </section>
  )
}
