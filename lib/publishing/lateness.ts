/** "on time", "0.6 s late", "12 s late", "4 min late", "2 h 5 min late": from the promised minute to the sending. */
export function latenessWords(latenessMs: number): string {
  const ms = Math.max(0, latenessMs)
  if (ms < 50) return 'on time'
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s late`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s late`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min late`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ''} late`
}
