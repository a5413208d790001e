import type { Metadata } from 'next'
import { ChangePassword } from '#components/account/change-password.tsx'
import { Sessions } from '#components/account/sessions.tsx'
import { ThemeChoice } from '#components/account/theme-choice.tsx'
import { YourDetails } from '#components/account/your-details.tsx'
import { Wordmark } from '#components/auth/wordmark.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { listMyBrands } from '#lib/brands/queries.ts'
import { chosenTheme } from '#lib/identity/theme.ts'
import { myProfile } from '#lib/members/queries.ts'
import { isClientRole } from '#lib/members/roles.ts'
import { requireSession } from '#lib/supabase/session.ts'

export const metadata: Metadata = { title: 'Your account' }

/** The same page for staff and clients; it belongs to the person, not to a brand. */
export default async function AccountPage() {
  const { email } = await requireSession()
  const [profile, theme, brands] = await Promise.all([myProfile(), chosenTheme(), listMyBrands()])
  const isClient = brands.length > 0 && brands.every(({ role }) => isClientRole(role))
  return (
    <>
      <header className="flex h-13 items-center border-b border-rule px-3.5 md:px-6">
        <Wordmark />
        <ButtonLink href="/" className="ml-auto">
          {isClient ? 'Back to your page' : 'Back to the desk'}
        </ButtonLink>
      </header>
      <main className="mx-auto max-w-[760px] px-3.5 py-6 md:px-6">
        <PageHead title={profile.displayName} meta={email} />
        <YourDetails profile={profile} />
        <ThemeChoice theme={theme} />
        <ChangePassword email={email} />
        <Sessions />
      </main>
    </>
  )
}
