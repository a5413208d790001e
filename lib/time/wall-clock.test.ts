import { describe, expect, test } from 'vitest'
import { dayOf, distance, readWallClock, startOfDay, wallClockOf } from './wall-clock.ts'

const london = 'Europe/London'

describe('a wall clock read in its zone', () => {
  test('means one instant on an ordinary day, in summer and in winter', () => {
    expect(readWallClock('2026-09-18T07:30', london)).toEqual({
      kind: 'once',
      instant: '2026-09-18T06:30:00Z',
    })
    expect(readWallClock('2026-12-18T07:30', london)).toEqual({
      kind: 'once',
      instant: '2026-12-18T07:30:00Z',
    })
  })

  test('means nothing in the hour that spring leaves out', () => {
    expect(readWallClock('2027-03-28T01:30', london)).toEqual({ kind: 'skipped' })
    expect(readWallClock('2027-03-28T02:00', london)?.kind).toBe('once')
  })

  test('means the later instant in the hour that autumn repeats, as Postgres says', () => {
    expect(readWallClock('2026-10-25T01:30', london)).toEqual({
      kind: 'twice',
      instant: '2026-10-25T01:30:00Z',
    })
  })

  test('of nonsense is nothing', () => {
    expect(readWallClock('2026-13-40T99:00', london)).toBeNull()
    expect(readWallClock('', london)).toBeNull()
  })
})

test('an instant and its wall clock lead to each other, whatever Postgres adds', () => {
  expect(wallClockOf('2026-09-18T06:30:00+00:00', london)).toBe('2026-09-18T07:30')
  expect(wallClockOf('2026-09-18T06:30:59.123456+00:00', london)).toBe('2026-09-18T07:30')
})

test('a day belongs to the zone, not to the machine', () => {
  expect(dayOf('2026-09-17T23:30:00Z', london)).toBe('2026-09-18')
  expect(dayOf('2026-09-17T23:30:00Z', 'America/New_York')).toBe('2026-09-17')
  expect(startOfDay('2026-09-18', london)).toBe('2026-09-17T23:00:00Z')
  // Midnight itself can be left out: the day begins an hour late.
  expect(startOfDay('2026-09-06', 'America/Santiago')).toBe('2026-09-06T04:00:00Z')
})

test.each([
  ['2026-09-18T06:30:00Z', 'in 19 h'],
  ['2026-09-21T06:30:00Z', 'in 4 days'],
  ['2026-09-17T11:40:00Z', 'in 10 min'],
  ['2026-09-17T11:10:00Z', '20 min ago'],
])('%s seen from 11:30 on the 17th is %s', (instant, words) => {
  expect(distance(instant, '2026-09-17T11:30:00Z')).toBe(words)
})
