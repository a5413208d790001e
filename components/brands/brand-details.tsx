import { Form } from '#components/form/form.tsx'
import { FormDone } from '#components/form/form-done.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { TimeZoneSelect } from '#components/form/time-zone-select.tsx'
import { Input } from '#components/ui/input.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { saveBrandDetails } from '#lib/brands/actions.ts'
import type { Brand } from '#lib/brands/queries.ts'
import { can } from '#lib/members/roles.ts'
import { ColourInput } from './colour-input.tsx'

export function BrandDetails({ brand }: { brand: Brand }) {
  const mayEdit = can(brand, 'brand.edit')
  return (
    <section className="mt-3">
      <SectionHead title="The brand" note={`its posts are named ${brand.code}-1, ${brand.code}-2`} />
      <Form action={saveBrandDetails} deed="saved" className="max-w-[520px] border-t border-rule-2 pt-3.5">
        <fieldset disabled={!mayEdit} className="grid gap-3.5">
          <input type="hidden" name="brandId" value={brand.id} />
          <FormField name="name" label="Name">
            <Input name="name" maxLength={80} defaultValue={brand.name} autoComplete="off" />
          </FormField>
          <FormField
            name="timeZone"
            label="Time zone"
            hint="Posts that have a time keep the hour they were given; it is read in this zone from now on."
          >
            <TimeZoneSelect name="timeZone" defaultValue={brand.timeZone} />
          </FormField>
          <FormField name="primaryColor" label="Colour">
            <ColourInput name="primaryColor" defaultValue={brand.primaryColor} className="max-w-32" />
          </FormField>
          <FormField name="websiteUrl" label="Website">
            <Input
              name="websiteUrl"
              inputMode="url"
              defaultValue={brand.websiteUrl ?? ''}
              autoComplete="off"
            />
          </FormField>
          <FormField name="industry" label="Trade">
            <Input name="industry" maxLength={80} defaultValue={brand.industry ?? ''} autoComplete="off" />
          </FormField>
          <FormField
            name="description"
            label="Says of itself"
            hint="A sentence or two, for everyone who writes for it."
          >
            <Textarea name="description" maxLength={600} defaultValue={brand.description ?? ''} />
          </FormField>
        </fieldset>
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton
            disabledReason={mayEdit ? null : 'Managers, admins and owners of this brand change its settings.'}
          >
            Save
          </SubmitButton>
          <FormDone>Saved</FormDone>
        </div>
      </Form>
    </section>
  )
}
