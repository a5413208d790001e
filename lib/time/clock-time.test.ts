import { expect, test } from 'vitest'
import { clockTime } from './clock-time.ts'

test.each([
  ['07:30', '07:30'],
  ['7:30', '07:30'],
  ['730', '07:30'],
  ['0730', '07:30'],
  ['7.30', '07:30'],
  ['18', '18:00'],
  ['7:30 pm', '19:30'],
  ['12am', '00:00'],
  ['12:15 pm', '12:15'],
  ['25:30', null],
  ['13 pm', null],
  ['07:60', null],
  ['half past seven', null],
  ['', null],
])('%j is %s', (typed, time) => {
  expect(clockTime(typed)).toBe(time)
})
