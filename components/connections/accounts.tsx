import { FileText, Plug } from 'lucide-react'
import { ButtonLink } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { SectionHead } from '#components/ui/section-head.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import type { Connection, WaitingPost } from '#lib/connections/queries.ts'
import { can } from '#lib/members/roles.ts'
import { AccountCard } from './account-card.tsx'
import { AccountTable } from './account-table.tsx'
import { ConnectButton } from './connect-button.tsx'

type AccountsProps = {
  brand: Brand
  accounts: readonly Connection[]
  waiting: readonly WaitingPost[]
  refused: string | null
  now: Date
}

/** Accounts by who needs a person: the troubled as cards, the quiet as a table, the disconnected last. */
export function Accounts({ brand, accounts, waiting, refused, now }: AccountsProps) {
  const waitingFor = (id: string) => waiting.filter(({ connectionId }) => connectionId === id)
  const needy = accounts.filter(({ health }) => health === 'lost' || health === 'ending')
  const gone = accounts.filter(({ health }) => health === 'disconnected')
  const quiet = accounts.filter((account) => !needy.includes(account) && !gone.includes(account))
  const table = { brand, waitingFor, refused, now }
  if (accounts.length === 0) return <NoAccounts brand={brand} refused={refused} />
  return (
    <>
      {needy.length > 0 && (
        <div className="grid gap-4 pb-2 md:grid-cols-2">
          {needy.map((account) => (
            <AccountCard
              key={account.id}
              brand={brand}
              account={account}
              waiting={waitingFor(account.id)}
              refused={refused}
              now={now}
            />
          ))}
        </div>
      )}
      {quiet.length > 0 && (
        <section>
          <SectionHead title={needy.length > 0 ? 'The others' : 'Accounts'} count={quiet.length} />
          <AccountTable {...table} accounts={quiet} />
        </section>
      )}
      {gone.length > 0 && (
        <section>
          <SectionHead title="Disconnected" count={gone.length} note="their posts and history stay" />
          <AccountTable {...table} accounts={gone} />
        </section>
      )}
    </>
  )
}

function NoAccounts({ brand, refused }: { brand: Brand; refused: string | null }) {
  return (
    <Empty
      title={`No account of ${brand.name} is connected yet`}
      ways={[
        {
          key: 'connect',
          icon: <Plug aria-hidden />,
          title: 'Connect its Facebook Pages and Instagram accounts',
          what: 'Facebook asks you on its own page which of them, and comes back here; it signs in for Instagram too. We never see a password.',
          action: (
            <ConnectButton brandId={brand.id} refused={refused}>
              Connect
            </ConnectButton>
          ),
        },
        ...(can(brand, 'content.create')
          ? [
              {
                key: 'write',
                icon: <FileText aria-hidden />,
                title: 'Write the first post',
                what: 'It stays a draft until an account is there.',
                action: <ButtonLink href={`/brands/${brand.slug}/content/new`}>Write</ButtonLink>,
              },
            ]
          : []),
      ]}
    >
      Posts go out through accounts: pages of the brand on the networks.
    </Empty>
  )
}
