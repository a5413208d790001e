import type { ErrorClass } from '#lib/platforms/contract.ts'
import type { Ports } from '../ports.ts'
import { takeCareOf, UPKEEP_LEASE_MS } from './upkeep.ts'

const SAID_NO: ReadonlySet<ErrorClass> = new Set(['auth', 'permission'])

/**
 * The token to call a network with. One that has ended is renewed first, where there is something to renew it
 * with; null: none is kept. Throws where the new one is on its way: nothing was sent, and the job comes back.
 */
export async function freshAccessToken(
  connection: { tenantId: string; connectionId: string },
  ports: Ports,
): Promise<string | null> {
  const { secrets, upkeep } = ports.records
  const tokens = await secrets.tokens(connection)
  if (!tokens) return null
  const hasEnded = tokens.expiresAt !== null && tokens.expiresAt <= ports.clock.now()
  if (!hasEnded || tokens.refreshToken === null) return tokens.accessToken

  const claim = await upkeep.claimEnded(connection.connectionId, UPKEEP_LEASE_MS)
  if (claim === 'busy') throw new Error('The account’s token has ended; a new one is being asked for.')
  const result = claim && (await takeCareOf(claim, ports))
  if (result?.kind === 'failed' && !SAID_NO.has(result.error.class)) {
    throw new Error('The account’s token has ended, and no new one was to be had yet.')
  }
  // Where they refuse for good, what they say to the old token is the reason that people can act on.
  return secrets.accessToken(connection)
}
