import { Form } from '#components/form/form.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { Input } from '#components/ui/input.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { requestBrandDeletion } from '#lib/brands/actions.ts'
import type { Brand } from '#lib/brands/queries.ts'
import { can } from '#lib/members/roles.ts'

/** Where a brand is given up. Once asked for, the note over every page says so and takes it back. */
export function EndOfBrand({ brand }: { brand: Brand }) {
  if (!can(brand, 'brand.delete') || brand.deleteAfter) return null
  return (
    <section className="mt-9 max-w-[520px]">
      <SectionHead title="Delete this brand" note="with a fortnight to think again" />
      <div className="border-t border-rule-2 pt-3.5">
        <p className="text-ink-2">
          From now on nothing of {brand.name} is published or changed. In 14 days its posts, pictures,
          accounts and people go, for good; until then everything can be read, and any owner can keep it. What
          is published stays on the networks, and the agency’s log stays here.
        </p>
        <Form action={requestBrandDeletion} deed="deleted" className="mt-3.5">
          <input type="hidden" name="brandId" value={brand.id} />
          <FormField name="name" label={`Type ${brand.name} to go on`}>
            <Input name="name" maxLength={80} autoComplete="off" />
          </FormField>
          <div>
            <SubmitButton look="stop">Delete {brand.name} in 14 days</SubmitButton>
          </div>
        </Form>
      </div>
    </section>
  )
}
