import type postgres from 'postgres'
import type { Person } from '#tests/support/people.ts'
import type { Actor, Facts } from './contract.ts'
import { required } from './required.ts'

/** Agency A has three brands, agency B one. */
const brandNames = ['A1', 'A2', 'A3', 'B1'] as const
const tenantNames = ['A', 'B'] as const
export const brandRoles = [
  ...(['owner', 'admin', 'manager', 'creator', 'analyst', 'member'] as const),
  ...(['client_approver', 'client_viewer'] as const),
]

export type Brand = { name: string; id: string; tenant: string; tenantId: string; resident: string }
type Membership = { brands?: Record<string, string>; tenants?: Record<string, string> }

/** What each of them is; a second role hides no hole that the first would. */
const memberships: Readonly<Record<string, Membership>> = {
  ...Object.fromEntries(brandRoles.map((role) => [`${role} of A1`, { brands: { A1: role } }])),
  ...Object.fromEntries(
    brandRoles.map((role, place) => {
      const other = brandRoles[brandRoles.length - 1 - place] ?? role
      return [`${role} of A1, ${other} of A2`, { brands: { A1: role, A2: other } }]
    }),
  ),
  // Whoever may do everything in one brand may try to carry a row into another.
  ...Object.fromEntries(
    (['creator', 'analyst'] as const).map((other) => [
      `owner of A1, ${other} of A2`,
      { brands: { A1: 'owner', A2: other } },
    ]),
  ),
  'member of A2': { brands: { A2: 'member' } },
  'owner of agency A': { tenants: { A: 'owner' } },
  'admin of agency A': { tenants: { A: 'admin' } },
  'staff of agency A': { tenants: { A: 'staff' } },
  'admin of agency A, staff of agency B': { tenants: { A: 'admin', B: 'staff' } },
  'owner of agency B': { tenants: { B: 'owner' } },
  stranger: {},
}
/** Who made what stands in a brand; they try nothing. */
const residents: Readonly<Record<string, Membership>> = Object.fromEntries(
  brandNames.map((brand) => [`resident of ${brand}`, { brands: { [brand]: 'creator' } }]),
)

export type People = {
  actors: Actor[]
  brands: Brand[]
  /** By user id; those who try nothing too. */
  held: Facts['people']
}

/** Signs everyone up, founds the agencies and their brands, and gives each person their roles. */
export async function settlePeople(
  db: postgres.Sql,
  signUp: (name: string) => Promise<Person>,
): Promise<People> {
  const names = [...Object.keys(memberships), ...Object.keys(residents)]
  const persons = new Map(await Promise.all(names.map(async (name) => [name, await signUp(name)] as const)))
  const ids = new Map([...persons].map(([name, { id }]) => [name, id]))
  const brands = await foundBrands(db, ids)
  await join(db, ids, brands)
  const held = await readMemberships(db, [...ids.values()], brands)
  const signedIn = await Promise.all(
    Object.keys(memberships).map((name) => toActor(name, required(persons.get(name), name), held)),
  )
  return { actors: [anonymous, ...signedIn], brands, held }
}

const anonymous: Actor = {
  name: 'anonymous',
  role: 'anon',
  id: null,
  token: null,
  brands: new Map(),
  tenants: new Map(),
}

async function toActor(name: string, person: Person, held: Facts['people']): Promise<Actor> {
  const { data } = await person.client.auth.getSession()
  const token = required(data.session?.access_token, `session of ${name}`)
  const { brands, tenants } = required(held.get(person.id), name)
  return { name, role: 'authenticated', id: person.id, token, brands, tenants }
}

async function foundBrands(db: postgres.Sql, ids: Map<string, string>): Promise<Brand[]> {
  const tenantIds = new Map<string, string>()
  for (const name of tenantNames) {
    const [tenant] = await db`insert into tenants (name) values (${`Agency ${name}`}) returning id`
    tenantIds.set(name, tenant?.id)
  }
  const brands: Brand[] = []
  for (const name of brandNames) {
    const tenant = name.charAt(0)
    const tenantId = required(tenantIds.get(tenant), tenant)
    const [brand] = await db`
      insert into brands (tenant_id, name, slug, code)
      values (${tenantId}, ${`Brand ${name}`}, ${name.toLowerCase()}, ${name}) returning id`
    const resident = required(ids.get(`resident of ${name}`), name)
    brands.push({ name, id: brand?.id, tenant, tenantId, resident })
  }
  return brands
}

async function join(db: postgres.Sql, ids: Map<string, string>, brands: Brand[]): Promise<void> {
  for (const [name, membership] of Object.entries({ ...memberships, ...residents })) {
    const user_id = required(ids.get(name), name)
    for (const [tenant, role] of Object.entries(membership.tenants ?? {})) {
      const tenant_id = required(brands.find((brand) => brand.tenant === tenant)?.tenantId, tenant)
      await db`insert into tenant_members ${db({ tenant_id, user_id, role })}`
    }
    for (const [brand, role] of Object.entries(membership.brands ?? {})) {
      const brand_id = required(brands.find((candidate) => candidate.name === brand)?.id, brand)
      await db`insert into brand_members ${db({ brand_id, user_id, role })}`
    }
  }
}

/** As the database holds them: an agency's owners and admins stand on each of its brands. */
async function readMemberships(db: postgres.Sql, ids: string[], brands: Brand[]): Promise<Facts['people']> {
  const [onBrands, ofTenants] = await Promise.all([
    db`select user_id, brand_id as place, role from brand_members`,
    db`select user_id, tenant_id as place, role from tenant_members`,
  ])
  const rolesOf = (id: string, rows: postgres.RowList<postgres.Row[]>, nameOf: (place: string) => string) =>
    new Map(
      rows.flatMap((row) => (row.user_id === id ? [[nameOf(row.place), String(row.role)] as const] : [])),
    )
  const brandName = (id: string) => required(brands.find((brand) => brand.id === id)?.name, id)
  const tenantName = (id: string) => required(brands.find((brand) => brand.tenantId === id)?.tenant, id)
  return new Map(
    ids.map((id) => [
      id,
      { brands: rolesOf(id, onBrands, brandName), tenants: rolesOf(id, ofTenants, tenantName) },
    ]),
  )
}
