import { expect, test } from 'vitest'
import { formatInstant, zoneAbbreviation, zoneCity } from './format.ts'

const friday = '2026-09-18T06:30:04Z'

test('an instant is written in the zone it is asked for', () => {
  expect(formatInstant(friday, 'Europe/London', 'time')).toBe('07:30')
  expect(formatInstant(friday, 'Asia/Tokyo', 'time')).toBe('15:30')
  expect(formatInstant('2026-09-17T23:30:00Z', 'Europe/London', 'day')).toBe('Fri 18 Sep')
})

test('each form reads as the desk writes it', () => {
  expect(formatInstant(friday, 'Europe/London', 'day-time')).toBe('Fri 18 Sep, 07:30')
  expect(formatInstant(friday, 'Europe/London', 'day-seconds')).toBe('Fri 18 Sep, 07:30:04')
  expect(formatInstant(friday, 'Europe/London', 'long-day')).toBe('Friday 18 September')
  expect(formatInstant(friday, 'Europe/London', 'long-day-time')).toBe('Friday 18 September 2026, 07:30')
  expect(formatInstant(friday, 'Europe/London', 'date')).toBe('18 Sep 2026')
})

test('midnight is 00:00, never 24:00', () => {
  expect(formatInstant('2026-01-01T00:00:00Z', 'UTC', 'time')).toBe('00:00')
})

test('the zone is named by what clocks say then', () => {
  expect(zoneAbbreviation(friday, 'Europe/London')).toBe('BST')
  expect(zoneAbbreviation('2026-12-18T06:30:00Z', 'Europe/London')).toBe('GMT')
  expect(zoneCity('America/New_York')).toBe('New York')
})
