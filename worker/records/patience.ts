import { setTimeout as wait } from 'node:timers/promises'

/** After any lease another worker has taken over, and the fence refuses what comes late. */
const PATIENCE_MS = 60_000
const GAP_MS = 250

/** Of postgres.js and of the system, where the connection broke; and of a server that stops, starts or recovers. */
const AWAY = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
])

/**
 * Asks again while Postgres is away, so that an outcome we know is not lost with a connection: until it is filed,
 * nothing else leaves for its account. Only for what may be filed twice.
 */
export function patiently<Given extends unknown[], Result>(
  act: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  return async (...given) => {
    const deadline = performance.now() + PATIENCE_MS
    for (;;) {
      try {
        return await act(...given)
      } catch (error) {
        if (!isAway(error) || performance.now() > deadline) throw error
        await wait(GAP_MS)
      }
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof Error && 'code' in error && AWAY.has(String(error.code))
}
