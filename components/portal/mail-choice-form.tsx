'use client'

import { Form } from '#components/form/form.tsx'
import { FormDone } from '#components/form/form-done.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { chooseMails } from '#lib/portal/actions.ts'

type MailChoiceFormProps = { brandId: string; agencyName: string; approvalsNeeded: boolean }

export function MailChoiceForm({ brandId, agencyName, approvalsNeeded }: MailChoiceFormProps) {
  return (
    <Form action={chooseMails} deed="saved">
      <input type="hidden" name="brandId" value={brandId} />
      <Switch
        name="approvalsNeeded"
        defaultChecked={approvalsNeeded}
        label="A post needs my OK"
        hint={`One mail a post, with the post and a link. Without it, look in here: nothing goes out that ${agencyName} needs your OK for.`}
        className="border-y border-rule py-2"
      />
      <div className="flex items-center gap-3">
        <SubmitButton size="lg">Save</SubmitButton>
        <FormDone>Saved</FormDone>
      </div>
    </Form>
  )
}
