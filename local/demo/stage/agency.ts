import { agencyName, brands, founder } from '#local/demo/brands.ts'
import { type BrandKey, brandKeys, cast, type PersonKey } from '#local/demo/cast.ts'
import { known, type Stage } from './stage.ts'

/** The agency and its three brands. */
export async function found({ people, brandIds }: Stage): Promise<void> {
  await people.as(founder, async (sql) => {
    const [tenant] = await sql<{ id: string }[]>`select id from public.create_tenant(${agencyName})`
    if (!tenant) throw new Error('The agency was not founded.')
    for (const key of brandKeys) {
      const { name, timeZone, approvalMode, code, colour, website, industry, description } = brands[key]
      const [brand] = await sql<{ id: string }[]>`
        select id from public.create_brand(${tenant.id}, ${name}, ${timeZone}, ${approvalMode}, ${code}, ${colour})`
      if (!brand) throw new Error(`${name} was not created.`)
      await sql`
        update public.brands set website_url = ${website}, industry = ${industry}, description = ${description}
        where id = ${brand.id}`
      brandIds.set(key, brand.id)
    }
  })
}

export async function invite(
  by: PersonKey,
  brand: BrandKey,
  email: string,
  role: string,
  { people, brandIds }: Stage,
): Promise<void> {
  await people.as(by, async (sql) => {
    await sql`select public.invite_member(${known(brandIds, brand)}, ${email}, ${role})`
  })
}

/** By the link in the mail, which is read where mails pass. */
export async function join(who: PersonKey, brand: BrandKey, { people, machinery }: Stage): Promise<void> {
  const token = machinery.joinToken(cast[who].email, brands[brand].name)
  await people.as(who, async (sql) => {
    await sql`select public.accept_invitation(${token})`
  })
}

export async function setApprovalMode(
  brand: BrandKey,
  mode: string,
  { people, brandIds }: Stage,
): Promise<void> {
  await people.as(founder, async (sql) => {
    await sql`select public.set_approval_mode(${known(brandIds, brand)}, ${mode})`
  })
}

export async function readInboxes({ people }: Stage): Promise<void> {
  for (const who of ['ines', 'lena', 'rafael', 'teo', 'marguerite', 'nadia', 'priya'] as const) {
    await people.as(who, async (sql) => {
      await sql`update public.workflow_notifications set read_at = private.now() where read_at is null`
    })
  }
}
