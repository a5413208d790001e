import { GraphError, invalidParameter } from '../errors.ts'
import type { Params } from '../params.ts'

const DAY_MS = 86_400_000
/** Meta's days end at midnight in California; here all the year at its winter hour. */
const DAY_ENDS_AT_H = 8

/** `metric` as a list. One name that is not known fails the whole call. */
export function readMetrics(params: Params, known: readonly string[]): string[] {
  const asked = params
    .required('metric')
    .replaceAll(/[[\]"\s]/g, '')
    .split(',')
    .filter(Boolean)
  const wrong = asked.find((metric) => !known.includes(metric))
  if (wrong !== undefined || asked.length === 0)
    throw new GraphError('(#100) The value must be a valid insights metric', { code: 100 })
  return [...new Set(asked)]
}

export function lifetimeRow(id: string, name: string, value: unknown) {
  return { ...headOf(id, name, 'lifetime'), values: [{ value }] }
}

export function dailyRow(id: string, name: string, period: string, values: { value: number; end: number }[]) {
  return {
    ...headOf(id, name, period),
    values: values.map(({ value, end }) => ({
      value,
      end_time: new Date(end).toISOString().replace(/\.\d{3}Z$/, '+0000'),
    })),
  }
}

export function totalRow(id: string, name: string, period: string, value: number) {
  return { ...headOf(id, name, period), total_value: { value } }
}

function headOf(id: string, name: string, period: string) {
  return { name, period, title: name.replaceAll('_', ' '), id: `${id}/insights/${name}/${period}` }
}

/** The ends of the whole days asked for that are over by `now`, oldest first. */
export function daysAsked(params: Params, now: number, { maxDays }: { maxDays: number }): number[] {
  const until = params.instant('until') ?? now
  const since = params.instant('since') ?? until - 2 * DAY_MS
  if (since > until) throw invalidParameter('since must be before until')
  if (until - since > maxDays * DAY_MS)
    throw invalidParameter(`There cannot be more than ${maxDays} days between since and until`)
  const first = Math.ceil((since - DAY_ENDS_AT_H * 3_600_000) / DAY_MS) * DAY_MS + DAY_ENDS_AT_H * 3_600_000
  const ends: number[] = []
  for (let end = first; end <= Math.min(until, now); end += DAY_MS) if (end > since) ends.push(end)
  return ends
}

/** The day that ends then, as a date. */
export function dateOf(end: number): string {
  return new Date(end - DAY_MS).toISOString().slice(0, 10)
}
