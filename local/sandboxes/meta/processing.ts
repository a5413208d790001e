import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Conditions } from '../platform.ts'

/** Columns of everything that the platform works on after taking it. */
export const progress = {
  began_at: z.number().nullable(), // by the platform's clock; null: there is nothing to work on yet
  began_real: z.number().nullable(),
  takes_ms: z.number(),
  failure_code: z.number().nullable(),
  failure_subcode: z.number().nullable(),
  failure_message: z.string().nullable(),
}
const progressSchema = z.object(progress)
export type Progress = z.infer<typeof progressSchema>

export interface Failure {
  code: number
  subcode: number
  message: string
}

export interface Start {
  takesMs: number
  failure: Failure | null
}

/** How the work will fare: as the settings and the file say, unless a fault says otherwise. */
export function startOf(
  asked: Conditions['processing'],
  usual: { takesMs: number; failure: Failure | null },
  ifAsked: Failure,
): Start {
  return {
    takesMs: asked?.takesMs ?? usual.takesMs,
    failure: asked?.failure ? { ...ifAsked, ...asked.failure } : usual.failure,
  }
}

/** Either clock may end it: the real one, so that a stopped clock stops no work, or the platform's, moved on. */
export function isProcessed({ began_at, began_real, takes_ms }: Progress, clock: Clock): boolean {
  if (began_at === null || began_real === null) return false
  return Math.max(clock.now() - began_at, Date.now() - began_real) >= takes_ms
}

/** When it was done, by the platform's clock. */
export function processedAt({ began_at, takes_ms }: Progress, clock: Clock): number {
  return clock.isFrozen ? clock.now() : Math.min(clock.now(), (began_at ?? 0) + takes_ms)
}
