import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { Door } from '#components/auth/door.tsx'
import { siteConfig } from '#lib/config.ts'
import { safeNext } from '#lib/identity/paths.ts'
import { getSession } from '#lib/supabase/session.ts'
import { SignInForms } from './sign-in-forms.tsx'

export const metadata: Metadata = { title: 'Sign in' }

const search = z.object({
  with: z.enum(['password', 'link']).catch('password'),
  next: z.string().optional().catch(undefined),
  email: z.string().optional().catch(undefined),
})

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { with: way, next, email } = search.parse(await searchParams)
  const destination = safeNext(next, siteConfig().siteUrl, '/')
  if (await getSession()) redirect(destination)
  return (
    <Door
      title="Sign in"
      motto="What was approved is what goes out."
      note="Posts, accounts and numbers stay on the machine this desk runs on."
    >
      <SignInForms way={way} next={destination} email={email} />
      <p className="text-ink-3">
        New here? <Link href="/sign-up">Open a desk for your agency</Link>. Invited? The link in your mail
        opens the door.
      </p>
    </Door>
  )
}
