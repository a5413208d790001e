'use client'

import { useId } from 'react'
import { Form } from '#components/form/form.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Input } from '#components/ui/input.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { markJobLive } from '#lib/publishing/actions.ts'

type LiveLinkDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  jobId: string
  accountName: string
  network: string
}

/** A person found the post on the network: with its link it is published, and nothing is sent any more. */
export function LiveLinkDialog({ open, onOpenChange, jobId, accountName, network }: LiveLinkDialogProps) {
  const hintId = useId()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`It is live on ${accountName}`}>
      <p id={hintId} className="text-ink-2">
        Open the post on {network} and paste the address it has there. It counts as published from then on,
        and nothing is sent again.
      </p>
      <Form action={markJobLive} deed="kept">
        <input type="hidden" name="jobId" value={jobId} />
        <FormField name="url" label="Link of the post">
          <Input
            name="url"
            type="url"
            inputMode="url"
            autoComplete="off"
            placeholder="https://"
            aria-describedby={hintId}
          />
        </FormField>
        <div className="flex flex-col-reverse gap-2 md:flex-row md:justify-end max-md:*:h-11">
          <Button onClick={() => onOpenChange(false)}>Not yet</Button>
          <SubmitButton>Keep it as published</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
