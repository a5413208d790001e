import type { HomePiece } from '#lib/home/queries.ts'
import { dayOf } from '#lib/time/wall-clock.ts'

/** Pieces of one day in a zone, in the order of their times. */
export function piecesOf(day: string, pieces: readonly HomePiece[], zone: string): HomePiece[] {
  return pieces
    .filter((piece) => dayOf(piece.at, zone) === day)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}

/** How far the day has come: what has its time today, what is out, and what is still to go. */
export function tally(pieces: readonly HomePiece[]): { planned: number; toGo: number; out: number } {
  const out = pieces.filter(({ state }) => state === 'published').length
  const toGo = pieces.filter(({ state, isHeld }) => !isHeld && goesOut.has(state)).length
  return { planned: pieces.length, toGo, out }
}

const goesOut: ReadonlySet<HomePiece['state']> = new Set(['approved', 'scheduled', 'publishing'])

/** A day cut to what fits around now: a few that were, then those to come. */
export function aroundNow(
  pieces: readonly HomePiece[],
  now: Date,
  { most, before }: { most: number; before: number },
): HomePiece[] {
  if (pieces.length <= most) return [...pieces]
  const passed = pieces.findIndex((piece) => Date.parse(piece.at) > now.getTime())
  const next = passed === -1 ? pieces.length : passed
  const start = Math.max(0, Math.min(next - before, pieces.length - most))
  return pieces.slice(start, start + most)
}
