import 'server-only'
import { randomBytes } from 'node:crypto'
import { pino } from 'pino'

export const log = pino({ name: 'web' })

/** Short enough to read out on the telephone; the person sees the same id as the log. */
export function newErrorId(): string {
  return `E-${randomBytes(4).toString('hex')}`
}
