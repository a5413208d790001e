import { networkName } from '#components/status/network-name.ts'
import { leadingNumberWord } from '#lib/number-words.ts'

export type ConnectedAccount = { network: string; account_name: string }

/** "Oat & Ember on Facebook is connected", "Two accounts are connected: …": one sign-in may bring both networks. */
export function connectedWords(accounts: readonly ConnectedAccount[]): string {
  const names = accounts.map(({ network, account_name }) => `${account_name} on ${networkName(network)}`)
  const list = new Intl.ListFormat('en-GB').format(names)
  if (names.length === 0) return 'Nothing new was connected'
  return names.length === 1
    ? `${list} is connected`
    : `${leadingNumberWord(names.length)} accounts are connected: ${list}`
}

const reasons: Record<string, string> = {
  no_right_to_post: 'that sign-in may not post there',
  instagram_declined: 'the permission was declined',
}

/** What came along by itself, and what the network showed too but was left out, with the reason. */
export function afterConnecting(
  accounts: readonly ConnectedAccount[],
  facts: Record<string, unknown> | null,
): string {
  const skipped = Array.isArray(facts?.skipped) ? facts.skipped.flatMap(asSkipped) : []
  const names = skipped.map(({ name, reason }) => `${name} (${reasons[reason] ?? 'not of use'})`)
  const left = names.length > 0 ? `Left out: ${new Intl.ListFormat('en-GB').format(names)}.` : null
  const isDeclined = skipped.some(({ reason }) => reason === 'instagram_declined')
  return [togetherWords(accounts, isDeclined), left].filter(Boolean).join(' ')
}

function togetherWords(accounts: readonly ConnectedAccount[], isDeclined: boolean): string {
  const hasPage = accounts.some(({ network }) => network === 'facebook')
  const hasInstagram = accounts.some(({ network }) => network === 'instagram')
  if (hasPage && hasInstagram) {
    return 'An Instagram account that is linked to a Page comes with it. Each post goes to the accounts you choose for it.'
  }
  if (hasPage && !isDeclined) {
    return 'Posts can go there from now on. No Instagram account is linked there; link one on Facebook, then connect again.'
  }
  return 'Posts can go there from now on.'
}

function asSkipped(row: unknown): { name: string; reason: string }[] {
  if (typeof row !== 'object' || row === null || !('name' in row) || typeof row.name !== 'string') return []
  return [{ name: row.name, reason: 'reason' in row && typeof row.reason === 'string' ? row.reason : '' }]
}
