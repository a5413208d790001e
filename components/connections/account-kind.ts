import { networkName } from '#components/status/network-name.ts'

/** What an account is called on its network: a Page, or simply an account. */
export function accountKind(network: string): string {
  return `${networkName(network)} ${network === 'facebook' ? 'Page' : 'account'}`
}
