import { Form } from '#components/form/form.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { FormRadioCards } from '#components/form/form-radio-cards.tsx'
import { TimeZoneSelect } from '#components/form/time-zone-select.tsx'
import { Input } from '#components/ui/input.tsx'
import { Select } from '#components/ui/select.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { createBrand } from '#lib/brands/actions.ts'
import type { Agency } from '#lib/brands/queries.ts'
import { approvalModeCards } from './approval-mode-cards.ts'
import { ColourInput } from './colour-input.tsx'

type BrandFormProps = { agencies: Agency[]; timeZone: string }

/** What a brand needs before its first post; everything else can wait for its settings. */
export function BrandForm({ agencies, timeZone }: BrandFormProps) {
  const [agency] = agencies
  return (
    <Form action={createBrand} deed="made" className="max-w-[520px]">
      {agencies.length > 1 ? (
        <FormField name="tenantId" label="Agency">
          <Select
            name="tenantId"
            items={agencies.map(({ id, name }) => ({ value: id, label: name }))}
            {...(agency && { defaultValue: agency.id })}
          />
        </FormField>
      ) : (
        <input type="hidden" name="tenantId" value={agency?.id} />
      )}
      <FormField name="name" label="Name">
        <Input name="name" autoComplete="off" maxLength={80} />
      </FormField>
      <div className="grid gap-3.5 sm:grid-cols-2">
        <FormField
          name="code"
          label="Code"
          hint="Names its posts, as OE in OE-318. Left empty, we make one from the name."
        >
          <Input name="code" autoComplete="off" maxLength={4} className="uppercase" />
        </FormField>
        <FormField
          name="primaryColor"
          label="Colour"
          hint="Marks the brand on the desk and on the client’s page."
        >
          <ColourInput name="primaryColor" defaultValue="#35524a" />
        </FormField>
      </div>
      <FormField
        name="timeZone"
        label="Time zone"
        hint="Every time of this brand is shown in it; daylight saving is kept."
      >
        <TimeZoneSelect name="timeZone" defaultValue={timeZone} />
      </FormField>
      <FormRadioCards
        legend="Who must say yes before a post goes out"
        name="approvalMode"
        cards={approvalModeCards(agency?.name ?? 'Your agency')}
        defaultValue="client"
      />
      <div>
        <SubmitButton>Make the brand</SubmitButton>
      </div>
    </Form>
  )
}
