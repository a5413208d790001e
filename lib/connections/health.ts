export type AccountHealth = 'healthy' | 'ending' | 'lost' | 'paused' | 'disconnected'

type Kept = {
  status: string
  healthStatus: string
  requiresReconnect: boolean
  pausedAt: string | null
  tokenExpiresAt: string | null
}

const DAY_MS = 24 * 60 * 60_000
/** From here on a key that ends is said to end. */
const ENDING_DAYS = 14

/** What an account's rows amount to for whoever looks after it. */
export function healthOf(account: Kept, now: Date): AccountHealth {
  if (account.status === 'disconnected') return 'disconnected'
  if (account.status !== 'active' || account.requiresReconnect || account.healthStatus === 'critical')
    return 'lost'
  const days = daysLeft(account.tokenExpiresAt, now)
  if (days !== null && days <= 0) return 'lost'
  if (account.pausedAt !== null) return 'paused'
  return days !== null && days <= ENDING_DAYS ? 'ending' : 'healthy'
}

/** Whole days until a key ends, rounded up; null: no clock ends it. */
export function daysLeft(tokenExpiresAt: string | null, now: Date): number | null {
  return tokenExpiresAt === null ? null : Math.ceil((Date.parse(tokenExpiresAt) - now.getTime()) / DAY_MS)
}

/** The health word: "Healthy", "Ends in 9 days", "Access lost", "Paused by you". */
export function healthWord(health: AccountHealth, tokenExpiresAt: string | null, now: Date): string {
  switch (health) {
    case 'healthy':
      return 'Healthy'
    case 'lost':
      return 'Access lost'
    case 'paused':
      return 'Paused by you'
    case 'disconnected':
      return 'Disconnected'
    case 'ending': {
      const days = daysLeft(tokenExpiresAt, now) ?? 0
      return days === 1 ? 'Ends within a day' : `Ends in ${days} days`
    }
  }
}
