import { networkName } from '#components/status/network-name.ts'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import type { Brand } from '#lib/brands/queries.ts'
import type { Connection, WaitingPost } from '#lib/connections/queries.ts'
import { accountKind } from './account-kind.ts'
import { AccountMark } from './account-mark.tsx'
import { ConnectButton } from './connect-button.tsx'
import { DisconnectButton } from './disconnect-button.tsx'
import { AccountHealth } from './health.tsx'

type AccountTableProps = {
  brand: Brand
  accounts: readonly Connection[]
  waitingFor: (connectionId: string) => readonly WaitingPost[]
  refused: string | null
  now: Date
}

/** Accounts that need nobody: a line each. */
export function AccountTable({ brand, accounts, waitingFor, refused, now }: AccountTableProps) {
  return (
    <Table caption={`Accounts of ${brand.name}`}>
      <thead className="max-md:sr-only">
        <tr>
          <Th>Account</Th>
          <Th>Health</Th>
          <Th className="max-md:hidden">Key</Th>
          <Th className="max-md:hidden">Last success</Th>
          <Th className="max-md:hidden">Next post</Th>
          <Th>
            <span className="sr-only">Acts</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => {
          const waiting = waitingFor(account.id)
          const [next] = waiting
          return (
            <tr key={account.id}>
              <Td className="py-2">
                <span className="flex items-center gap-3">
                  <AccountMark brand={brand} network={account.network} />
                  <span className="min-w-0">
                    <span className="block font-mid">{account.accountName}</span>
                    <span className="block text-xs text-ink-3">{accountKind(account.network)}</span>
                  </span>
                </span>
              </Td>
              <Td>
                <AccountHealth account={account} now={now} />
              </Td>
              <Td className="num max-md:hidden">
                {account.health === 'disconnected' ? (
                  'destroyed'
                ) : account.tokenExpiresAt ? (
                  <Time instant={account.tokenExpiresAt} zone={brand.timeZone} form="date" />
                ) : (
                  'does not end'
                )}
              </Td>
              <Td className="num max-md:hidden">
                {account.lastUsedAt ? (
                  <Time instant={account.lastUsedAt} zone={brand.timeZone} />
                ) : (
                  'none yet'
                )}
              </Td>
              <Td className="max-md:hidden">
                {next ? (
                  <>
                    <span className="block max-w-[24ch] truncate">{next.title}</span>
                    <Time instant={next.at} zone={brand.timeZone} className="text-xs text-ink-3" />
                  </>
                ) : (
                  <span className="text-ink-3">none</span>
                )}
              </Td>
              <Td className="text-right">
                {account.health === 'disconnected' ? (
                  <span className="inline-block">
                    <ConnectButton brandId={brand.id} look="plain" size="sm" refused={refused}>
                      Connect again
                    </ConnectButton>
                  </span>
                ) : (
                  <DisconnectButton
                    connectionId={account.id}
                    accountName={account.accountName}
                    network={networkName(account.network)}
                    waiting={waiting}
                    zone={brand.timeZone}
                    refused={refused}
                  />
                )}
              </Td>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}
