import { nearDay } from '#lib/time/near-day.ts'

/** What happens if the client says nothing: it never goes out by itself. */
export function silenceSentence(
  { scheduledAt, zone, agencyName }: { scheduledAt: string | null; zone: string; agencyName: string },
  now: Date,
): string {
  if (!scheduledAt) return 'If you do nothing, it will not go out. It waits for your OK.'
  if (Date.parse(scheduledAt) <= now.getTime()) {
    return `Its time, ${nearDay(scheduledAt, zone, now)}, passed without an OK, so it did not go out. With your OK ${agencyName} finds it another.`
  }
  return `If you do nothing, it will not go out ${nearDay(scheduledAt, zone, now)}. It waits for your OK, and ${agencyName} then finds it another time.`
}
