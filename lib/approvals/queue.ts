import type { ApprovalQueue } from './schema.ts'

export type Asked = {
  audience: 'internal' | 'client'
  assignedTo: string | null
  at: string
  deadline: string | null
}

/** Which of the queues a piece stands in for this reader; null: in none of them. */
export function queueOf(
  piece: { status: string; heldAt: string | null; asked: readonly Asked[] },
  userId: string,
): ApprovalQueue | null {
  if (piece.heldAt) return 'held'
  if (piece.status === 'changes_requested') return 'changes'
  if (piece.status !== 'pending_review') return null
  if (piece.asked.some(({ audience }) => audience === 'client')) return 'client'
  return piece.asked.some(({ assignedTo }) => assignedTo === userId) ? 'mine' : 'team'
}

/** "2 h 56", "1 d 5 h", "12 d", "now": how long until an instant, as a queue says it. */
export function timeLeft(instant: string, now: Date): string {
  const minutes = Math.floor((Date.parse(instant) - now.getTime()) / 60_000)
  if (minutes <= 0) return 'now'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) {
    const rest = minutes % 60
    return rest ? `${hours} h ${String(rest).padStart(2, '0')}` : `${hours} h`
  }
  const days = Math.floor(hours / 24)
  const rest = hours % 24
  return days < 10 && rest ? `${days} d ${rest} h` : `${days} d`
}

/** Within a day, the time left is said in red. */
export function isSoon(instant: string, now: Date): boolean {
  return Date.parse(instant) - now.getTime() < 24 * 60 * 60_000
}
