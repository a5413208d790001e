import { expect, test } from 'vitest'
import { clock, runningTime } from './running-time.ts'

test.each([
  [400, '0:01', '0.4 seconds'],
  [1_000, '0:01', '1 second'],
  [42_300, '0:42', '42 seconds'],
  [65_000, '1:05', '1 minute 5 seconds'],
  [900_000, '15:00', '15 minutes'],
  [3_723_000, '1:02:03', '62 minutes 3 seconds'],
])('%i ms run %s, in words %s', (durationMs, figures, words) => {
  expect([clock(durationMs), runningTime(durationMs)]).toEqual([figures, words])
})
