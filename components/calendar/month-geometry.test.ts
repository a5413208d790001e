import { describe, expect, test } from 'vitest'
import { addDays, addMonths, longDay, sameDayIn, weekdayOf, weekOf, weeksOf } from './month-geometry.ts'

describe('the weeks of a month', () => {
  test('begin on the Monday at or before its first and end after its last', () => {
    const weeks = weeksOf('2026-09')
    expect(weeks.at(0)?.at(0)).toBe('2026-08-31')
    expect(weeks.at(-1)?.at(-1)).toBe('2026-10-04')
    expect(weeks).toHaveLength(5)
  })
  test('are four for a February that begins on Monday, six where a month straddles', () => {
    expect(weeksOf('2027-02')).toHaveLength(4)
    expect(weeksOf('2026-08')).toHaveLength(6)
  })
})

test('day arithmetic crosses months, years and the change of clocks', () => {
  expect(addDays('2026-10-24', 2)).toBe('2026-10-26')
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
  expect(addMonths('2026-12', 1)).toBe('2027-01')
  expect(addMonths('2026-01', -1)).toBe('2025-12')
})

test('the last day stands in where the other month has fewer', () => {
  expect(sameDayIn('2026-02', '2026-01-31')).toBe('2026-02-28')
  expect(sameDayIn('2026-10', '2026-09-17')).toBe('2026-10-17')
})

test('weeks are Monday first', () => {
  expect(weekdayOf('2026-09-17')).toBe(3)
  expect(weekOf('2026-09-20').at(0)).toBe('2026-09-14')
  expect(longDay('2026-09-17')).toBe('Thursday 17 September')
})
