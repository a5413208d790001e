import { expect, test } from 'vitest'
import { nearDay } from './near-day.ts'

const now = new Date('2026-09-17T23:30:00Z') // half past midnight in London

test.each([
  ['2026-09-18T06:30:00Z', 'today 07:30'],
  ['2026-09-17T11:00:00+00:00', 'yesterday 12:00'],
  ['2026-09-19T16:30:00.25+00:00', 'tomorrow 17:30'],
  ['2026-09-20T16:30:00Z', 'Sun 20 Sep, 17:30'],
])('%s is "%s" to whoever reads it in London', (instant, words) => {
  expect(nearDay(instant, 'Europe/London', now)).toBe(words)
})
