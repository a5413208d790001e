/**
 * A time of day as people type it, on the clock of 24 hours: "7:30", "0730", "7.30" and "7" as well as "7:30 pm".
 * @returns "07:30", or null for what is no time
 */
export function clockTime(typed: string): string | null {
  const match = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?$/i.exec(typed.trim())
  if (!match) return null
  const [, hourTyped, minuteTyped = '0', half] = match
  const minute = Number(minuteTyped)
  let hour = Number(hourTyped)
  if (half && (hour < 1 || hour > 12)) return null
  if (half) hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  if (hour > 23 || minute > 59) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
