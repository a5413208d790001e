import type { Metadata } from 'next'
import { Accounts } from '#components/connections/accounts.tsx'
import { ConnectButton } from '#components/connections/connect-button.tsx'
import { Connecting } from '#components/connections/connecting.tsx'
import { connectionsTitle } from '#components/connections/headline.ts'
import { WhatIsAsked } from '#components/connections/what-is-asked.tsx'
import { connectRefused } from '#components/publishing/who-may.ts'
import { DeskPage, WithAside } from '#components/shell/desk-page.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { requireBrand } from '#lib/brands/queries.ts'
import { listConnections, listWaitingPosts, readAttempt } from '#lib/connections/queries.ts'
import { connectionsFilter } from '#lib/connections/schema.ts'
import { requireSession } from '#lib/supabase/session.ts'
import { zoneCity } from '#lib/time/format.ts'

export const metadata: Metadata = { title: 'Connections' }

export default async function ConnectionsPage({
  params,
  searchParams,
}: PageProps<'/brands/[brand]/connections'>) {
  const { db } = await requireSession()
  const brand = await requireBrand((await params).brand)
  const { connecting } = connectionsFilter.parse(await searchParams)
  const now = new Date()
  const [accounts, waiting, attempt] = await Promise.all([
    listConnections(db, { brandId: brand.id, now }),
    listWaitingPosts(db, { brandId: brand.id }),
    connecting ? readAttempt(db, { id: connecting }) : null,
  ])
  const refused = connectRefused(brand)
  return (
    <DeskPage>
      <PageHead
        title={connectionsTitle(accounts)}
        meta={`Times in ${zoneCity(brand.timeZone)}`}
        actions={
          accounts.length > 0 && (
            <ConnectButton
              brandId={brand.id}
              // One heavy button a view: the cards of troubled accounts bring theirs.
              look={accounts.some(({ health }) => health === 'lost' || health === 'ending') ? 'plain' : 'act'}
              refused={refused}
            >
              Connect Facebook Pages
            </ConnectButton>
          )
        }
      />
      {attempt && <Connecting key={attempt.id} first={attempt} brandId={brand.id} brandSlug={brand.slug} />}
      <WithAside aside={<WhatIsAsked />}>
        <Accounts brand={brand} accounts={accounts} waiting={waiting} refused={refused} now={now} />
      </WithAside>
    </DeskPage>
  )
}
