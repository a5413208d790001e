import { expect, test } from 'vitest'
import { latenessWords } from './lateness.ts'

test.each([
  [0, 'on time'],
  [-20, 'on time'],
  [412, '0.4 s late'],
  [9_949, '9.9 s late'],
  [12_300, '12 s late'],
  [60_000, '1 min late'],
  [3_600_000, '1 h late'],
  [7_500_000, '2 h 5 min late'],
])('%i ms reads as "%s"', (ms, words) => {
  expect(latenessWords(ms)).toBe(words)
})
