import { connectRefused } from '#components/publishing/who-may.ts'
import { WithAside } from '#components/shell/desk-page.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import { listConnections, listWaitingPosts, readAttempt } from '#lib/connections/queries.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { zoneCity } from '#lib/time/format.ts'
import { Accounts } from './accounts.tsx'
import { ConnectButton } from './connect-button.tsx'
import { Connecting } from './connecting.tsx'
import { connectionsTitle } from './headline.ts'
import { WhatIsAsked } from './what-is-asked.tsx'

type BrandConnectionsProps = {
  brand: Brand
  /** An attempt that has just come back from the network. */
  connecting?: string | undefined
}

/** A brand's accounts, how they are, and the way to more of them. */
export async function BrandConnections({ brand, connecting }: BrandConnectionsProps) {
  const { db } = await requireSession()
  const now = new Date()
  const [accounts, waiting, attempt] = await Promise.all([
    listConnections(db, { brandId: brand.id, now }),
    listWaitingPosts(db, { brandId: brand.id }),
    connecting ? readAttempt(db, { id: connecting }) : null,
  ])
  const refused = connectRefused(brand)
  // One heavy button a view: the cards of troubled accounts bring theirs.
  const isQuiet = !accounts.some(({ health }) => health === 'lost' || health === 'ending')
  return (
    <>
      <PageHead
        title={connectionsTitle(accounts)}
        meta={`Times in ${zoneCity(brand.timeZone)}`}
        actions={
          accounts.length > 0 && (
            <ConnectButton brandId={brand.id} look={isQuiet ? 'act' : 'plain'} refused={refused}>
              Connect Facebook and Instagram
            </ConnectButton>
          )
        }
      />
      {attempt && <Connecting key={attempt.id} first={attempt} brandId={brand.id} brandSlug={brand.slug} />}
      <WithAside aside={<WhatIsAsked />}>
        <Accounts brand={brand} accounts={accounts} waiting={waiting} refused={refused} now={now} />
      </WithAside>
    </>
  )
}
