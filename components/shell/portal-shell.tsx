import type { CSSProperties, ReactNode } from 'react'
import { agencyInks, inkOn } from '#components/ui/colour.ts'
import { Picture } from '#components/ui/picture.tsx'
import { PortalPersonMenu } from './portal-person-menu.tsx'
import { type PortalTab, PortalTabsProvider } from './portal-tabs.tsx'
import { SkipLink } from './skip-link.tsx'

type PortalShellProps = {
  agency: { name: string; logoUrl?: string | null; colour?: string | null }
  person: { name: string; email: string }
  /** Needs your OK, Coming up, Published, with their counts. */
  tabs: readonly PortalTab[]
  signOut: () => Promise<unknown>
  /** What stands at the very foot: who to write to, how to stop the mails. */
  foot?: ReactNode
  children: ReactNode
}

/** An agency's colour as the portal's variables, its contrast guarded; none falls back to the tokens. */
function agencyStyle(colour: string | null | undefined): CSSProperties | undefined {
  const inks = agencyInks(colour)
  if (!inks) return undefined
  const variables: Record<`--${string}`, string> = {
    '--agency': `light-dark(${inks.onLight}, ${inks.onDark})`,
    '--on-agency': `light-dark(${inkOn(inks.onLight)}, ${inkOn(inks.onDark)})`,
    '--agency-wash': 'color-mix(in oklch, var(--agency) 9%, var(--sheet))',
    '--agency-bar': inks.bar,
    '--on-agency-bar': inks.onBar,
  }
  return variables
}

/** What a client sees around their posts: the agency's bar, and nothing of the desk. */
export function PortalShell({ agency, person, tabs, signOut, foot, children }: PortalShellProps) {
  return (
    <div data-density="roomy" className="min-h-dvh text-[1rem]/6" style={agencyStyle(agency.colour)}>
      <SkipLink />
      <header className="bg-agency-bar px-4 py-2.5 text-on-agency-bar md:px-8 md:py-3.5">
        <div className="mx-auto flex max-w-[960px] items-center gap-2.5">
          {agency.logoUrl && (
            <Picture src={agency.logoUrl} alt="" className="size-7 rounded-1 bg-transparent" />
          )}
          <p className="min-w-0 flex-1 truncate font-head text-lg tracking-[-0.01em] font-stretch-[86%]">
            {agency.name}
          </p>
          <PortalPersonMenu person={person} signOut={signOut} />
        </div>
      </header>
      <PortalTabsProvider tabs={tabs}>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto max-w-[960px] outline-none min-[1025px]:px-0 md:px-8"
        >
          {children}
        </main>
      </PortalTabsProvider>
      <footer className="mx-auto max-w-[960px] px-4 pt-6 pb-9 text-sm text-ink-3 md:px-8 min-[1025px]:px-0">
        {foot}
      </footer>
    </div>
  )
}
