import { RuleList } from '#components/ui/rule-list.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import type { PendingInvitation } from '#lib/members/queries.ts'
import { InvitationRow } from './invitation-row.tsx'

type PendingInvitationsProps = { brand: Brand; invitations: PendingInvitation[] }

export function PendingInvitations({ brand, invitations }: PendingInvitationsProps) {
  return (
    <section className="mt-3">
      <SectionHead title="Asked, not here yet" count={invitations.length} />
      <RuleList>
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} timeZone={brand.timeZone} />
        ))}
        {invitations.length === 0 && (
          <li className="border-b border-rule py-2 text-ink-2">
            Nobody. An invitation stands here until it is accepted.
          </li>
        )}
      </RuleList>
    </section>
  )
}
