import { expect, test } from 'vitest'
import { numberIn, shownState } from './states.ts'

test('a lost answer shows as unknown, though the piece is still publishing', () => {
  expect(shownState('publishing', true)).toBe('outcome_unknown')
  expect(shownState('publishing', false)).toBe('publishing')
})

test.each([
  ['OE-318', 318],
  ['oe318', 318],
  ['#318', 318],
  ['318', 318],
  ['ML-318', null],
  ['friday 318', null],
  ['', null],
])('%j in the brand OE names number %s', (query, number) => {
  expect(numberIn(query, 'OE')).toBe(number)
})
