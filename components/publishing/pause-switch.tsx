'use client'

import { Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { Form } from '#components/form/form.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { useDeed } from '#components/form/use-deed.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Input } from '#components/ui/input.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { pausePublishing, resumePublishing } from '#lib/publishing/actions.ts'
import type { PauseScope } from '#lib/publishing/schema.ts'

type PauseSwitchProps = {
  scope: PauseScope
  id: string
  /** What it is for: "every brand", "Oat & Ember". */
  name: string
  isPaused: boolean
  waiting: number
  /** Why not, and who may. */
  refused: string | null
  /** At the head of a page, where it says what it is for. */
  isMain?: boolean
}

/** Holds back all that leaves through an agency, a brand or an account, and lets it go again. */
export function PauseSwitch({
  scope,
  id,
  name,
  isPaused,
  waiting,
  refused,
  isMain = false,
}: PauseSwitchProps) {
  const [asking, setAsking] = useState(false)
  const { busy, run } = useDeed()
  const resume = () =>
    run(() => resumePublishing({ scope, id }), `Publishing runs again for ${name}. What came due leaves now.`)
  return (
    <>
      {/* One button for both, so that the focus stays where it was. */}
      <Button
        size={isMain ? 'md' : 'sm'}
        busy={busy}
        disabledReason={refused}
        aria-label={`${isPaused ? 'Resume' : 'Pause'} ${name}`}
        onClick={() => (isPaused ? resume() : setAsking(true))}
      >
        {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {isPaused ? 'Resume' : 'Pause'}
        {isMain && ` ${name}`}
      </Button>
      <Dialog open={asking && !isPaused} onOpenChange={setAsking} title={`Pause publishing of ${name}?`}>
        <p className="text-ink-2">
          {waiting === 0
            ? 'Nothing waits there now. What comes due meanwhile stays.'
            : `${waiting.toLocaleString('en-GB')} ${waiting === 1 ? 'post waits' : 'posts wait'} there. What comes due meanwhile stays.`}{' '}
          What is being sent this moment is finished.
        </p>
        <Form action={pausePublishing} deed="paused">
          <input type="hidden" name="scope" value={scope} />
          <input type="hidden" name="id" value={id} />
          <FormField name="reason" label="Why" hint="For your colleagues; may stay empty.">
            <Input name="reason" maxLength={300} autoComplete="off" placeholder="Flood in the clinic" />
          </FormField>
          <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end max-md:*:h-11">
            <Button onClick={() => setAsking(false)}>Keep it running</Button>
            <SubmitButton>Pause {name}</SubmitButton>
          </div>
        </Form>
      </Dialog>
    </>
  )
}
