'use client'

import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { linkFrom } from '#lib/content/links.ts'
import { LINK_FIELD, useComposer } from './composer-context.tsx'

/** The link of the piece. A bare address gets its https:// when the field is left. */
export function LinkField() {
  const { writing, edit } = useComposer()
  const { link, mediaIds } = writing.draft
  return (
    <Field
      label="Link"
      className="mt-3.5 max-w-[480px]"
      hint={mediaIds.length > 0 ? 'Stands below the text.' : 'Shown as a card below the text.'}
      error={linkFrom(link) === null && 'This is no web address yet.'}
    >
      <Input
        data-field={LINK_FIELD}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        value={link}
        onChange={(event) => edit({ link: event.target.value })}
        onBlur={() => {
          const whole = linkFrom(link)
          if (whole !== null && whole !== link) edit({ link: whole })
        }}
      />
    </Field>
  )
}
