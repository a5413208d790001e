import Link from 'next/link'
import type { ReactNode } from 'react'
import { networkName } from '#components/status/network-name.ts'
import { Time } from '#components/ui/time.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import type { Connection, WaitingPost } from '#lib/connections/queries.ts'
import { sentenceFor } from '#lib/errors.ts'
import { accountKind } from './account-kind.ts'
import { AccountMark } from './account-mark.tsx'
import { ConnectButton } from './connect-button.tsx'
import { DisconnectButton } from './disconnect-button.tsx'
import { AccountHealth } from './health.tsx'

type AccountCardProps = {
  brand: Brand
  account: Connection
  waiting: readonly WaitingPost[]
  refused: string | null
  now: Date
}

/** An account that needs a person: what happened, what waits on it, and what mends it. */
export function AccountCard({ brand, account, waiting, refused, now }: AccountCardProps) {
  const network = networkName(account.network)
  const [next] = waiting
  return (
    <article
      aria-label={account.accountName}
      className="flex min-w-0 flex-col rounded-3 border border-rule-2 bg-sheet"
    >
      <header className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-rule px-3 py-2.5">
        <AccountMark brand={brand} network={account.network} size="lg" />
        <div className="min-w-0">
          <h2 className="truncate font-bold">{account.accountName}</h2>
          <p className="text-ink-3">{accountKind(account.network)}</p>
        </div>
        <AccountHealth account={account} now={now} />
      </header>
      <p className="px-3 pt-2.5">{causeOf(account, network)}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 px-3 py-2.5">
        <Fact name="Last success">
          {account.lastUsedAt ? <Time instant={account.lastUsedAt} zone={brand.timeZone} /> : 'none yet'}
        </Fact>
        <Fact name="Depends on it">
          {next ? (
            <>
              <Link
                className="underline underline-offset-2"
                href={`/brands/${brand.slug}/content/${next.number}`}
              >
                {next.title}
              </Link>
              , <Time instant={next.at} zone={brand.timeZone} />
              {waiting.length > 1 && `, and ${waiting.length - 1} more`}
            </>
          ) : (
            'no post waits for it'
          )}
        </Fact>
      </dl>
      <footer className="mt-auto flex flex-wrap items-center gap-1.5 border-t border-rule px-3 py-2.5">
        <ConnectButton brandId={brand.id} refused={refused}>
          Connect again
        </ConnectButton>
        <span className="ml-auto">
          <DisconnectButton
            connectionId={account.id}
            accountName={account.accountName}
            network={network}
            waiting={waiting}
            zone={brand.timeZone}
            refused={refused}
          />
        </span>
      </footer>
    </article>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}

function causeOf(account: Connection, network: string): string {
  if (account.health === 'ending') {
    return `${network} gives its key for a time. Connecting again renews it and moves no post.`
  }
  return sentenceFor(account.problemCode ?? 'connection_attention', {
    network: account.network,
    account_name: account.accountName,
  })
}
