import { Check, Lock } from 'lucide-react'
import Link from 'next/link'
import { DoorSheet } from '#components/auth/door-sheet.tsx'
import { SignOutButton } from '#components/auth/sign-out-button.tsx'
import { Form } from '#components/form/form.tsx'
import { FormField } from '#components/form/form-field.tsx'
import { PostedForm } from '#components/form/posted-form.tsx'
import { Input } from '#components/ui/input.tsx'
import { RuleList, RuleRow } from '#components/ui/rule-list.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { isKnownCode } from '#lib/errors.ts'
import { signInPath } from '#lib/identity/paths.ts'
import { acceptInvitation } from '#lib/members/actions.ts'
import type { PeekedInvitation } from '#lib/members/queries.ts'
import { isClientRole, type Role, roleWords } from '#lib/members/roles.ts'
import type { Session } from '#lib/supabase/session.ts'
import { formatInstant } from '#lib/time/format.ts'

type OpenInvitationProps = {
  token: string
  invitation: PeekedInvitation
  session: Session | null
  refused: string | undefined
}

export function OpenInvitation({ token, invitation, session, refused }: OpenInvitationProps) {
  const { agency_name: agency, brand_name: brand, inviter_name: inviter, role } = invitation
  const isClient = role ? isClientRole(role) : false
  const from = inviter ?? agency ?? 'Someone'
  return (
    <DoorSheet
      title={isClient ? `${from} asks you to read for ${brand}` : `${from} asks you to join ${agency}`}
      agencyName={isClient ? agency : null}
    >
      {role && <RoleOffer role={role} brand={brand ?? ''} />}
      {session ? (
        <JoinAs token={token} email={session.email} invited={invitation.email} />
      ) : (
        <JoinAsStranger token={token} invitation={invitation} isClient={isClient} refused={refused} />
      )}
      <GoodUntil invitation={invitation} />
    </DoorSheet>
  )
}

function RoleOffer({ role, brand }: { role: Role; brand: string }) {
  const { name, may, mayNot } = roleWords[role]
  return (
    <div>
      <p className="pb-2">
        <b className="font-bold">{brand}</b>, as {name.toLowerCase()}
      </p>
      <RuleList>
        {may.map((one) => (
          <RuleRow key={one}>
            <Check aria-hidden />
            {one}
          </RuleRow>
        ))}
        {mayNot && (
          <RuleRow className="text-ink-2">
            <Lock aria-hidden />
            Not: {mayNot.charAt(0).toLowerCase() + mayNot.slice(1)}
          </RuleRow>
        )}
      </RuleList>
    </div>
  )
}

type JoinAsProps = { token: string; email: string; invited: string | null | undefined }

function JoinAs({ token, email, invited }: JoinAsProps) {
  return (
    <div className="grid gap-3">
      {invited && invited !== email && (
        <p className="text-ink-2">
          The invitation went to {invited}; you are signed in as <b className="font-bold">{email}</b>. It
          joins the account you are in.
        </p>
      )}
      <Form action={acceptInvitation} deed="joined">
        <input type="hidden" name="token" value={token} />
        <SubmitButton>Join as {email}</SubmitButton>
      </Form>
      <div className="flex flex-wrap items-center gap-2 text-ink-3">
        <span>Not you?</span>
        <SignOutButton size="sm" next={`/join/${token}`}>
          Sign out and choose again
        </SignOutButton>
      </div>
    </div>
  )
}

type JoinAsStrangerProps = Pick<OpenInvitationProps, 'token' | 'invitation' | 'refused'> & {
  isClient: boolean
}

function JoinAsStranger({ token, invitation, isClient, refused }: JoinAsStrangerProps) {
  const { email } = invitation
  return (
    <>
      <PostedForm
        url="/api/join"
        deed="joined"
        refused={refused && isKnownCode(refused) ? refused : undefined}
        button={isClient ? 'Open my page' : `Join as ${email}`}
      >
        <input type="hidden" name="token" value={token} />
        <FormField name="displayName" label="Your name">
          <Input name="displayName" autoComplete="name" />
        </FormField>
        {!isClient && (
          <>
            <input type="hidden" name="username" autoComplete="username" value={email ?? ''} readOnly />
            <FormField
              name="password"
              label="Choose a password"
              hint="At least 10 characters. Four words make a strong one."
            >
              <Input name="password" type="password" autoComplete="new-password" />
            </FormField>
          </>
        )}
      </PostedForm>
      <p className="text-ink-3">
        {isClient && 'No password is needed; our mails carry links that sign you in. '}
        Have an account here?{' '}
        <Link href={`${signInPath(`/join/${token}`)}&email=${encodeURIComponent(email ?? '')}`}>
          Sign in and join with it
        </Link>
        .
      </p>
    </>
  )
}

function GoodUntil({ invitation: { email, expires_at: expiresAt } }: { invitation: PeekedInvitation }) {
  if (!expiresAt) return null
  return (
    <p className="text-xs text-ink-3">
      Sent to {email}, good until {formatInstant(expiresAt, 'UTC', 'long-day')}. Opening the mail did not use
      it up.
    </p>
  )
}
