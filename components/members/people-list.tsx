import { Eye, Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { RuleList } from '#components/ui/rule-list.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import type { Person } from '#lib/members/queries.ts'
import { can } from '#lib/members/roles.ts'
import { PersonRow } from './person-row.tsx'

type PeopleListProps = { brand: Brand; people: Person[]; myId: string }

/** Everyone on the brand in the two lanes that decide what they can read. */
export function PeopleList({ brand, people, myId }: PeopleListProps) {
  const staff = people.filter((person) => !person.isClient)
  const clients = people.filter((person) => person.isClient)
  const mayManage = can(brand, 'members.manage')
  const row = (person: Person) => (
    <PersonRow
      key={person.userId}
      brandId={brand.id}
      brandName={brand.name}
      person={person}
      isMe={person.userId === myId}
      mayManage={mayManage}
    />
  )
  return (
    <section className="mt-3">
      <SectionHead title="People of this brand" count={people.length} />
      <RuleList>
        <LaneHead icon={<Lock aria-hidden className="size-3.5" />}>
          {brand.agencyName}: they read drafts and internal notes
        </LaneHead>
        {staff.map(row)}
        <LaneHead client icon={<Eye aria-hidden className="size-3.5" />}>
          Client: they read only what was sent to them
        </LaneHead>
        {clients.length > 0 ? (
          clients.map(row)
        ) : (
          <li className="border-b border-rule py-2 text-ink-2">
            Nobody yet. Invite someone who approves, and posts can be sent to them.
          </li>
        )}
      </RuleList>
    </section>
  )
}

type LaneHeadProps = { icon: ReactNode; client?: boolean; children: ReactNode }

function LaneHead({ icon, client = false, children }: LaneHeadProps) {
  return (
    <li
      className={`flex items-center gap-2 border-b border-rule-2 pt-3 pb-1.5 text-xs ${client ? 'font-mid text-client' : 'text-ink-2'}`}
    >
      {icon}
      {children}
    </li>
  )
}
