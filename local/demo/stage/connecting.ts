import { authorizeUrl } from '#lib/platforms/authorize.ts'
import { type Brand, brands, founder } from '#local/demo/brands.ts'
import type { BrandKey } from '#local/demo/cast.ts'
import { consent } from './consent.ts'
import { known, type Stage } from './stage.ts'

/** Lets the desk use the Pages of a brand, in the name of whoever holds them. */
export async function connectPages(key: BrandKey, stage: Stage): Promise<void> {
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
