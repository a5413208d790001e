/** How long a video runs, as players write it: "0:42", "15:00", "1:02:03". Less than a second is one. */
export function clock(durationMs: number): string {
  const seconds = Math.max(1, Math.round(durationMs / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (part: number) => String(part).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** The same in a sentence: "42 seconds", "15 minutes", "1 minute 5 seconds". */
export function runningTime(durationMs: number): string {
  const seconds = durationMs < 1000 ? Math.round(durationMs / 100) / 10 : Math.round(durationMs / 1000)
  const [m, s] = [Math.floor(seconds / 60), seconds % 60]
  const parts = [m > 0 && counted(m, 'minute'), (s > 0 || m === 0) && counted(s, 'second')]
  return parts.filter(Boolean).join(' ')
}

function counted(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
}
