import { Form } from '#components/form/form.tsx'
import { FormDone } from '#components/form/form-done.tsx'
import { FormRadioCards } from '#components/form/form-radio-cards.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { chooseApprovalMode } from '#lib/brands/actions.ts'
import type { Brand } from '#lib/brands/queries.ts'
import { can } from '#lib/members/roles.ts'
import { approvalModeCards } from './approval-mode-cards.ts'

export function ApprovalModeForm({ brand }: { brand: Brand }) {
  const mayConfigure = can(brand, 'approvals.configure')
  return (
    <section className="mt-3">
      <SectionHead title="Rules of the brand" />
      <Form action={chooseApprovalMode} deed="changed" className="border-t border-rule-2 pt-3.5">
        <fieldset disabled={!mayConfigure} className="grid gap-3.5">
          <input type="hidden" name="brandId" value={brand.id} />
          <FormRadioCards
            legend="Who must say yes before a post goes out"
            name="approvalMode"
            cards={approvalModeCards(brand.agencyName)}
            {...(brand.approvalMode !== 'custom' && { defaultValue: brand.approvalMode })}
          />
        </fieldset>
        <p className="text-xs text-ink-3">
          Posts already sent for approval keep the rule they were sent under.
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton
            look="plain"
            disabledReason={
              mayConfigure ? null : 'Managers, admins and owners of this brand change its rules.'
            }
          >
            Use this rule
          </SubmitButton>
          <FormDone>Changed</FormDone>
        </div>
      </Form>
    </section>
  )
}
