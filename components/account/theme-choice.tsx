import { Form } from '#components/form/form.tsx'
import { FormRadioCards } from '#components/form/form-radio-cards.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { chooseTheme } from '#lib/identity/actions.ts'
import type { Theme } from '#lib/identity/schema.ts'

const cards: { value: Theme; title: string }[] = [
  { value: 'system', title: 'As this device has it' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
]

export function ThemeChoice({ theme }: { theme: Theme }) {
  return (
    <section className="mt-5">
      <SectionHead title="Appearance" note="on this device" />
      <Form action={chooseTheme} deed="changed" className="max-w-[420px] border-t border-rule-2 pt-3.5">
        <FormRadioCards legend="Light or dark" name="theme" cards={cards} defaultValue={theme} />
        <div>
          <SubmitButton look="plain">Use this</SubmitButton>
        </div>
      </Form>
    </section>
  )
}
