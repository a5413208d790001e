import { expect, test } from 'vitest'
import { leadingNumberWord, numberWord } from './number-words.ts'

test('counts are words up to twelve, figures beyond', () => {
  expect([0, 1, 12, 13, 1204].map(numberWord)).toEqual(['no', 'one', 'twelve', '13', '1,204'])
})

test('a sentence begins with a capital', () => {
  expect(leadingNumberWord(3)).toBe('Three')
  expect(leadingNumberWord(0)).toBe('No')
})
