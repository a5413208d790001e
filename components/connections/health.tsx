import { HealthWord } from '#components/status/health-word.tsx'
import { healthWord } from '#lib/connections/health.ts'
import type { Connection } from '#lib/connections/queries.ts'

/** An account's health in a shape and a word. */
export function AccountHealth({ account, now }: { account: Connection; now: Date }) {
  const { health, tokenExpiresAt } = account
  return (
    <HealthWord health={health === 'disconnected' ? 'paused' : health}>
      {healthWord(health, tokenExpiresAt, now)}
    </HealthWord>
  )
}
