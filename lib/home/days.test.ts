import { expect, test } from 'vitest'
import { homeDays } from './days.ts'

test('from any day of this week, next week is the one after it', () => {
  const week = (instant: string) => homeDays(new Date(instant), 'Europe/London').nextWeek
  const expected = [
    '2026-09-21',
    '2026-09-22',
    '2026-09-23',
    '2026-09-24',
    '2026-09-25',
    '2026-09-26',
    '2026-09-27',
  ]
  expect(week('2026-09-14T08:00:00Z')).toEqual(expected)
  expect(week('2026-09-17T11:04:00Z')).toEqual(expected)
  expect(week('2026-09-20T22:59:00Z')).toEqual(expected)
})

test('today begins by the clocks of the zone, and the range ends with next week', () => {
  expect(homeDays(new Date('2026-09-17T23:30:00Z'), 'Europe/London')).toMatchObject({
    today: '2026-09-18',
    from: '2026-09-17T23:00:00Z',
    to: '2026-09-27T23:00:00Z',
  })
  expect(homeDays(new Date('2026-09-17T23:30:00Z'), 'America/New_York').today).toBe('2026-09-17')
})
