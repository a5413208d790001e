'use client'

import Link from 'next/link'
import { useState } from 'react'
import { Mailed } from '#components/auth/mailed.tsx'
import { Form } from '#components/form/form.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Input } from '#components/ui/input.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { mailSignInLink, signIn } from '#lib/identity/actions.ts'

type SignInFormsProps = { way: 'password' | 'link'; next: string; email: string | undefined }

/** Two ways in with one address, which stays when the way changes. */
export function SignInForms({ way, next, email: knownEmail = '' }: SignInFormsProps) {
  const [email, setEmail] = useState(knownEmail)
  const address = (
    <Input
      name="email"
      type="email"
      autoComplete="username"
      inputMode="email"
      value={email}
      onChange={(event) => setEmail(event.target.value)}
    />
  )

  if (way === 'link') {
    return (
      <Form key="link" action={mailSignInLink} deed="sent" done={<SentLink />}>
        <input type="hidden" name="next" value={next} />
        <FormField name="email" label="E-mail" hint="The link is good for an hour, once.">
          {address}
        </FormField>
        <SubmitButton>Mail me a link</SubmitButton>
        <p>
          <Link href={`/sign-in?next=${encodeURIComponent(next)}`}>Use a password instead</Link>
        </p>
      </Form>
    )
  }
  return (
    <Form key="password" action={signIn} deed="signed in">
      <input type="hidden" name="next" value={next} />
      <FormField name="email" label="E-mail">
        {address}
      </FormField>
      <FormField name="password" label="Password">
        <Input name="password" type="password" autoComplete="current-password" />
      </FormField>
      <SubmitButton>Sign in</SubmitButton>
      <ButtonLink href={`/sign-in?with=link&next=${encodeURIComponent(next)}`}>
        Mail me a link instead
      </ButtonLink>
      <p>
        <Link href="/reset">Forgot the password?</Link>
      </p>
    </Form>
  )
}

function SentLink() {
  return (
    <Mailed>
      <p className="text-ink-2">
        If the address has an account here, a mail is on its way. Its link is good for an hour, once.
      </p>
      <p className="text-ink-3">
        Nothing after two minutes? Look in the junk folder, then <a href="/sign-in?with=link">ask again</a>,
        or ask an owner of your desk.
      </p>
    </Mailed>
  )
}
