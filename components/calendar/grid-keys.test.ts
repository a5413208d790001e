import { expect, test } from 'vitest'
import { dayAfterKey } from './grid-keys.ts'

test('arrows go by day and by week', () => {
  expect(dayAfterKey('ArrowRight', '2026-09-30')).toEqual({ day: '2026-10-01' })
  expect(dayAfterKey('ArrowUp', '2026-09-03')).toEqual({ day: '2026-08-27' })
})

test('Home and End stay in the week', () => {
  expect(dayAfterKey('Home', '2026-09-17')).toEqual({ day: '2026-09-14' })
  expect(dayAfterKey('End', '2026-09-17')).toEqual({ day: '2026-09-20' })
})

test('Page keys turn the month and keep the day', () => {
  expect(dayAfterKey('PageDown', '2026-08-31')).toEqual({ day: '2026-09-30', turns: 1 })
  expect(dayAfterKey('PageUp', '2026-09-17')).toEqual({ day: '2026-08-17', turns: -1 })
})

test('any other key is left to the page', () => {
  expect(dayAfterKey('n', '2026-09-17')).toBeNull()
})
