import type { Memo, PlatformError } from '../contract.ts'
import { blocked, type Prepared } from './step.ts'

const SECOND_MS = 1_000
const gaps = { image: [1, 2, 3, 5, 10, 30, 60], video: [5, 10, 20, 30, 60] } as const
/** After 15 minutes something is stuck there: it is looked at now and then until it expires (meta.md 4.2). */
const PATIENT_MS = 15 * 60 * SECOND_MS
const PARKED_MS = 5 * 60 * SECOND_MS

/** They are still at work: the next look comes later each time. */
export function waitFor(kind: keyof typeof gaps, step: string, memo: Memo): Prepared {
  const polls = Number(memo.polls ?? 0)
  const afterMs = gapMs(kind, polls)
  return blocked({ kind: 'wait', step, memo: { ...memo, polls: String(polls + 1) }, afterMs })
}

export function gapMs(kind: keyof typeof gaps, polls: number): number {
  const growing: readonly number[] = gaps[kind]
  const last = growing.at(-1) ?? 60
  const growingS = growing.reduce((sum, gap) => sum + gap, 0)
  const waitedMs = (growingS + Math.max(0, polls - growing.length) * last) * SECOND_MS
  if (polls >= growing.length && waitedMs >= PATIENT_MS) return PARKED_MS
  return (growing[polls] ?? last) * SECOND_MS
}

/** Nothing was sent, since a read before it failed. */
export function readFailed(error: PlatformError): Prepared {
  const { class: errorClass, ...facts } = error
  if (errorClass === 'auth' || errorClass === 'permission' || errorClass === 'rate_limit') {
    return blocked({ kind: 'refused', class: errorClass, ...facts })
  }
  return blocked({ kind: 'unsent', ...facts })
}
