import type { Connection } from '#lib/connections/queries.ts'
import { leadingNumberWord, numberWord } from '#lib/number-words.ts'

/** "Two of fourteen accounts need you", "All four accounts are healthy". */
export function connectionsTitle(accounts: readonly Pick<Connection, 'health'>[]): string {
  const connected = accounts.filter(({ health }) => health !== 'disconnected')
  const needy = connected.filter(({ health }) => health === 'lost' || health === 'ending')
  const count = connected.length
  if (count === 0) return 'No account is connected'
  if (needy.length > 0) {
    if (count === 1) return 'The account needs you'
    return `${leadingNumberWord(needy.length)} of ${numberWord(count)} accounts ${needy.length === 1 ? 'needs' : 'need'} you`
  }
  if (count === 1) return 'The account is healthy'
  return count === 2 ? 'Both accounts are healthy' : `All ${numberWord(count)} accounts are healthy`
}
