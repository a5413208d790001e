import { clsx } from 'clsx'
import type { Metadata } from 'next'
import { SettingsHead } from '#components/brands/settings-head.tsx'
import { InviteForm } from '#components/members/invite-form.tsx'
import { PendingInvitations } from '#components/members/pending-invitations.tsx'
import { PeopleList } from '#components/members/people-list.tsx'
import { peopleTitle } from '#components/members/people-title.ts'
import { RoleMatrix } from '#components/members/role-matrix.tsx'
import { DeskPage, WithAside } from '#components/shell/desk-page.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { requireBrand } from '#lib/brands/queries.ts'
import { listPendingInvitations, listPeople, readRolePermissions } from '#lib/members/queries.ts'
import { can } from '#lib/members/roles.ts'
import { requireSession } from '#lib/supabase/session.ts'

export const metadata: Metadata = { title: 'People' }

export default async function MembersPage({ params }: PageProps<'/brands/[brand]/settings/members'>) {
  const { db, userId } = await requireSession()
  const brand = await requireBrand((await params).brand)
  const mayManage = can(brand, 'members.manage')
  const [people, invitations, matrix] = await Promise.all([
    listPeople(db, { brandId: brand.id }),
    mayManage ? listPendingInvitations(db, { brandId: brand.id, now: new Date() }) : [],
    readRolePermissions(db),
  ])
  return (
    <DeskPage>
      <SettingsHead
        brand={brand}
        title={peopleTitle(brand.name, people)}
        current="people"
        actions={mayManage && <ToInvite />}
      />
      <WithAside aside={mayManage && <InviteForm brand={{ id: brand.id, name: brand.name }} />}>
        <PeopleList brand={brand} people={people} myId={userId} />
        {mayManage && <PendingInvitations brand={brand} invitations={invitations} />}
        <RoleMatrix matrix={matrix} myRole={brand.role} />
      </WithAside>
    </DeskPage>
  )
}

/** Where the form lies far below the list. */
function ToInvite() {
  return (
    <a href="#invite" className={clsx(buttonClass({ look: 'act' }), 'lg:hidden')}>
      Invite
    </a>
  )
}
