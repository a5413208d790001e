import type { ComposerBrand } from '#components/content/composer/composer-context.tsx'
import type { People } from '#components/content/people.ts'
import type { Brand } from '#lib/brands/queries.ts'
import { listAccounts, listRoleRights } from '#lib/content/queries.ts'
import { listPeople } from '#lib/members/queries.ts'
import type { Permission } from '#lib/members/roles.ts'
import type { Db } from '#lib/supabase/db.ts'

/** What every piece of a brand is written against: its accounts, its people, and who may do what. */
export async function deskFacts(db: Db, brand: Brand) {
  const [accounts, members, rolesWith] = await Promise.all([
    listAccounts(db, { brandId: brand.id, tenantId: brand.tenantId }),
    listPeople(db, { brandId: brand.id }),
    listRoleRights(db),
  ])
  const people: People = Object.fromEntries(
    members.map(({ userId, displayName, isClient }) => [userId, { name: displayName, isClient }]),
  )
  const namesOfThoseWho = (permission: Permission) =>
    members.filter(({ role }) => rolesWith(permission).includes(role)).map(({ displayName }) => displayName)
  return { accounts, people, namesOfThoseWho }
}

/** Of the brand only what a composer needs goes to the browser. */
export function composerBrand({
  id,
  slug,
  name,
  code,
  timeZone,
  approvalMode,
  agencyName,
}: Brand): ComposerBrand {
  return { id, slug, name, code, timeZone, approvalMode, agencyName }
}
