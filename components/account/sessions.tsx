import { SignOutButton } from '#components/auth/sign-out-button.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'

export function Sessions() {
  return (
    <section className="mt-5">
      <SectionHead title="Devices" />
      <div className="grid gap-3 border-t border-rule-2 pt-3.5">
        <p className="text-ink-2">
          Lost a telephone, or signed in on a machine that is not yours? Sign out everywhere, here too.
        </p>
        <div className="flex flex-wrap gap-2">
          <SignOutButton>Sign out here</SignOutButton>
          <SignOutButton everywhere>Sign out everywhere</SignOutButton>
        </div>
      </div>
    </section>
  )
}
