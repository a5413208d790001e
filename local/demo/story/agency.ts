import { authorizeUrl } from '#lib/platforms/authorize.ts'
import { agencyName, type Brand, brands, founder } from '#local/demo/brands.ts'
import { type BrandKey, cast, type PersonKey } from '#local/demo/cast.ts'
import { consent } from '#local/demo/stage/consent.ts'
import { type Happening, known, type Stage } from '#local/demo/stage/stage.ts'
import type { Almanac, Moment } from './almanac.ts'

const brandKeys = ['oat', 'marrow', 'tarn'] as const satisfies readonly BrandKey[]

/** The first week: the agency, its brands, its people, and the Pages they publish to. */
export function founding(book: Almanac): Happening[] {
  const day = (weekday: Parameters<Almanac['week']>[1], time: string) => book.week(-8, weekday, time)
  const arrivals: readonly { who: PersonKey; invited: Moment; joins: Moment }[] = [
    { who: 'lena', invited: day('mon', '10:02'), joins: day('mon', '10:41') },
    { who: 'rafael', invited: day('mon', '10:04'), joins: day('mon', '11:15') },
    { who: 'teo', invited: day('mon', '10:06'), joins: day('mon', '14:20') },
    { who: 'hana', invited: day('mon', '10:08'), joins: day('tue', '09:12') },
    { who: 'sam', invited: day('mon', '10:10'), joins: day('tue', '10:33') },
    { who: 'marguerite', invited: day('tue', '11:05'), joins: day('tue', '16:48') },
    { who: 'odile', invited: day('tue', '11:06'), joins: day('wed', '05:12') },
    { who: 'nadia', invited: day('tue', '11:10'), joins: day('wed', '12:21') },
    { who: 'tom', invited: day('tue', '11:11'), joins: day('wed', '12:50') },
    { who: 'priya', invited: day('tue', '11:15'), joins: day('wed', '18:05') },
  ]
  return [
    { at: day('mon', '09:30'), act: found },
    ...arrivals.flatMap(({ who, invited, joins }) =>
      brandKeys.flatMap((brand, n) => {
        const role = cast[who].joins[brand]
        if (!role) return []
        return [
          {
            at: invited.add({ seconds: n * 20 }),
            act: (stage: Stage) => invite(founder, brand, cast[who].email, role, stage),
          },
          { at: joins.add({ seconds: n * 40 }), act: (stage: Stage) => join(who, brand, stage) },
        ]
      }),
    ),
    ...brandKeys.map((brand, n) => ({
      at: day('thu', '10:00').add({ minutes: n * 20 }),
      act: (stage: Stage) => connectPages(brand, stage),
    })),
  ]
}

/** What the agency does beside its posts, later on. */
export function agencyLife(book: Almanac): Happening[] {
  return [
    // Priya Raman trusts them: from here on the agency's own yes is enough.
    { at: book.week(-4, 'wed', '16:30'), act: giveTarnAFreeHand },
    {
      at: book.daysAgo(15, '10:20'),
      act: (stage) => invite('lena', 'oat', 'j.harker@oatandember.example', 'client_approver', stage),
    },
    {
      at: book.daysAgo(3, '14:20'),
      act: (stage) => invite('ines', 'oat', 'bea@lindqvist.example', 'creator', stage),
    },
    { at: book.daysAgo(1, '21:14'), act: ({ sandbox }) => sandbox.changePassword('Nadia Aziz') },
    ...[21, 14, 7, 4].map((days) => ({ at: book.daysAgo(days, '18:05'), act: readInboxes })),
    { at: book.daysAgo(1, '13:00'), act: readInboxes },
  ]
}

async function found({ people, brandIds }: Stage): Promise<void> {
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

async function invite(
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
async function join(who: PersonKey, brand: BrandKey, { people, machinery }: Stage): Promise<void> {
  const token = machinery.joinToken(cast[who].email, brands[brand].name)
  await people.as(who, async (sql) => {
    await sql`select public.accept_invitation(${token})`
  })
}

async function connectPages(key: BrandKey, stage: Stage): Promise<void> {
  const { people, machinery, sandbox, clock, site, brandIds, connectionIds } = stage
  const brandId = known(brandIds, key)
  await clock.tellSandbox()
  await sandbox.settle(brands[key])
  for (const { holder, pages } of brands[key].pages) {
    await connectAs(
      holder,
      pages.map(({ name }) => name),
      brandId,
      stage,
    )
  }
  await machinery.work()

  const connected = await people.as(
    founder,
    (sql) =>
      sql<{ id: string; display_name: string }[]>`
      select id, display_name from public.connections where brand_id = ${brandId} and status = 'active'`,
  )
  for (const { name } of pagesOf(brands[key])) {
    const connection = connected.find((one) => one.display_name === name)
    if (!connection) throw new Error(`${name} was not connected through ${site.gateway}.`)
    connectionIds.set(name, connection.id)
  }
}

function pagesOf({ pages }: Brand) {
  return pages.flatMap((held) => held.pages)
}

/** The real redirect: out to the network's dialog, and back with a code that the worker exchanges. */
async function connectAs(
  holder: string,
  pages: readonly string[],
  brandId: string,
  { people, site }: Stage,
): Promise<void> {
  const redirectUri = `${site.url}/api/oauth/meta`
  const state = await people.as(founder, async (sql) => {
    const [begun] = await sql<{ state: string }[]>`
      select state from public.begin_connect(${brandId}, 'meta', ${redirectUri})`
    return begun?.state ?? ''
  })
  const dialog = authorizeUrl('meta', { appId: site.metaAppId, state, redirectUri })
  const back = await consent(dialog, { gateway: site.gateway, holder, pages })
  await people.as(founder, async (sql) => {
    await sql`select public.finish_connect(${back.searchParams.get('state')}, ${back.searchParams.get('code')})`
  })
}

async function giveTarnAFreeHand({ people, brandIds }: Stage): Promise<void> {
  await people.as(founder, async (sql) => {
    await sql`select public.set_approval_mode(${known(brandIds, 'tarn')}, 'internal')`
  })
}

async function readInboxes({ people }: Stage): Promise<void> {
  for (const who of ['ines', 'lena', 'rafael', 'teo', 'marguerite', 'nadia', 'priya'] as const) {
    await people.as(who, async (sql) => {
      await sql`update public.workflow_notifications set read_at = private.now() where read_at is null`
    })
  }
}
