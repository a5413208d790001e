import Link from 'next/link'
import { Avatar } from '#components/ui/avatar.tsx'
import { RuleList, RuleRow } from '#components/ui/rule-list.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import type { HomeBrand } from '#lib/home/queries.ts'
import { can, isClientRole, roleWords } from '#lib/members/roles.ts'
import { approversOf } from './approvers.ts'

const MOST = 8

type ApproverListProps = { brand: Brand; home: HomeBrand; names: ReadonlyMap<string, string> }

/** Who says yes on this brand, inside first, as its way of approval asks. */
export function ApproverList({ brand, home, names }: ApproverListProps) {
  const people = approversOf(brand.approvalMode, home.people)
  const left = people.length - MOST
  return (
    <section aria-labelledby="approvers" className="not-first:mt-3">
      <SectionHead
        title={<span id="approvers">Who says yes</span>}
        link={
          can(brand, 'members.manage') && <Link href={`/brands/${brand.slug}/settings/members`}>People</Link>
        }
      />
      {people.length === 0 ? (
        <p className="border-t border-rule-2 py-2 text-ink-2">
          {brand.approvalMode === 'none'
            ? 'Nobody is asked: what is sent for approval here is passed at once.'
            : 'Nobody yet. Until somebody can say yes, nothing can be sent for approval.'}
        </p>
      ) : (
        <RuleList>
          {people.slice(0, MOST).map(({ userId, role }) => {
            const name = names.get(userId) ?? 'Someone'
            return (
              <RuleRow key={userId}>
                <Avatar name={name} tone={isClientRole(role) ? 'client' : 'staff'} />
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <span className="text-xs text-ink-3">{roleWords[role].name}</span>
              </RuleRow>
            )
          })}
          {left > 0 && <RuleRow className="text-ink-2">{left} more</RuleRow>}
        </RuleList>
      )}
    </section>
  )
}
