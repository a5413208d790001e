import type { AccountCheck, AccountWork } from '../contract.ts'
import { createGraphClient, type Tools } from './client.ts'

/**
 * Whether the account can still be used: the account itself is read with its own token. `debug_token` would say
 * more, but takes the token in an address, where proxies and logs find it.
 */
export async function checkMetaAccount(work: AccountWork, tools: Tools): Promise<AccountCheck> {
  const answer = await createGraphClient(work.token, tools).read(work.accountId, { fields: 'id' })
  return answer.kind === 'ok' ? { kind: 'usable' } : { kind: 'unusable', error: answer.error }
}
