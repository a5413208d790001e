import { randomUUID } from 'node:crypto'
import type { ConnectedAccount } from '#lib/platforms/contract.ts'
import type { Ports } from '../ports.ts'
import type { ReceivedCode, SealedAccount } from '../records/oauth.ts'

/**
 * Exchanges the code of a finished redirect and keeps the tokens sealed. A code works once: a worker that
 * dies in between leaves a refused code behind, and the person connects again.
 */
export async function exchangeOauth(stateId: string, ports: Ports): Promise<void> {
  const { oauth } = ports.records
  const received = await oauth.claim(stateId)
  if (!received) return

  const { code, redirectUri } = received
  const outcome = await ports.connectors(received.platform).exchange({ code, redirectUri })
  if (outcome.kind === 'failed') {
    ports.log.info({ oauth_state: stateId, code: outcome.code }, 'connecting failed')
    await oauth.recordFailure(stateId, outcome.code, outcome.facts)
    return
  }

  const { tenantId } = received
  let { existing } = received
  for (let tries = 0; tries < 3; tries++) {
    const accounts = outcome.accounts.map((account) => seal(account, { tenantId, existing }, ports))
    if (await oauth.recordConnected(stateId, accounts, outcome.skipped)) return
    // The same account was connected at the same moment: seal to the connection that is there now.
    existing = await oauth.existingAccounts(stateId)
  }
}

function seal(
  account: ConnectedAccount,
  { tenantId, existing }: Pick<ReceivedCode, 'tenantId' | 'existing'>,
  { vault }: Ports,
): SealedAccount {
  const known = existing.find((other) => other.platformAccountId === account.platformAccountId)
  const connectionId = known?.connectionId ?? randomUUID()
  const version = known?.nextVersion ?? 1
  const binding = { tenantId, connectionId, version }
  const { accessToken, refreshToken } = account
  return {
    account,
    connectionId,
    version,
    sealed: vault.seal(accessToken, { ...binding, secretType: 'access_token' }),
    sealedRefresh:
      refreshToken === null ? null : vault.seal(refreshToken, { ...binding, secretType: 'refresh_token' }),
  }
}
