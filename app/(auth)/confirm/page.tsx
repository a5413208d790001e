import type { Metadata } from 'next'
import Link from 'next/link'
import { DoorSheet } from '#components/auth/door-sheet.tsx'
import { Form } from '#components/form/form.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { confirm } from '#lib/identity/actions.ts'
import { confirmation } from '#lib/identity/schema.ts'

export const metadata: Metadata = { title: 'Confirm', robots: { index: false } }

const words = {
  magiclink: { title: 'Sign in to Copydesk', button: 'Sign in' },
  email: { title: 'Sign in to Copydesk', button: 'Sign in' },
  signup: { title: 'Confirm your address', button: 'Confirm and open the desk' },
  invite: { title: 'Confirm your address', button: 'Confirm and go on' },
  recovery: { title: 'Choose a new password', button: 'Go on' },
  email_change: { title: 'Confirm your new address', button: 'Confirm this address' },
}

/** Where Auth's mails lead. Opening uses nothing up, for mail scanners follow links; the button does. */
export default async function ConfirmPage({ searchParams }: PageProps<'/confirm'>) {
  const link = confirmation.safeParse(await searchParams)
  if (!link.success) return <BrokenLink />
  const { title, button } = words[link.data.type]
  return (
    <DoorSheet title={title}>
      <Form action={confirm} deed="confirmed">
        <input type="hidden" name="token_hash" value={link.data.token_hash} />
        <input type="hidden" name="type" value={link.data.type} />
        {link.data.next && <input type="hidden" name="next" value={link.data.next} />}
        <SubmitButton>{button}</SubmitButton>
        <p className="text-xs text-ink-3">
          Opening the mail did not use the link up; only this button does, once. Too old by now?{' '}
          <Link href={link.data.type === 'recovery' ? '/reset' : '/sign-in?with=link'}>
            Have a new one mailed
          </Link>
          .
        </p>
      </Form>
    </DoorSheet>
  )
}

function BrokenLink() {
  return (
    <DoorSheet title="This link is not whole">
      <p className="text-ink-2">
        The mail program may have cut it in two. Copy all of it, or ask for a new one.
      </p>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href="/sign-in" look="act">
          Sign in
        </ButtonLink>
        <ButtonLink href="/reset">Choose a new password</ButtonLink>
      </div>
    </DoorSheet>
  )
}
