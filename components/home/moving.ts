import type { NeedyPiece } from '#lib/home/queries.ts'

/** So long after its time a job counts as on its way; later, something else is the matter. */
const JUST_DUE_MS = 5 * 60_000

/** Something is being sent, looked for, or about to be: the page will differ in seconds. */
export function isMoving(pieces: readonly NeedyPiece[], now: Date): boolean {
  return pieces.some(({ jobs }) =>
    jobs.some(({ status, account, scheduledFor }) => {
      if (status === 'processing') return true
      const since = now.getTime() - Date.parse(scheduledFor)
      return status === 'scheduled' && account === 'usable' && since >= 0 && since < JUST_DUE_MS
    }),
  )
}
