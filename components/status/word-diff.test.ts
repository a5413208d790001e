import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DiffPart, wordDiff } from './word-diff.ts'

const side = (parts: DiffPart[], drop: DiffPart['kind']) =>
  parts
    .filter((part) => part.kind !== drop)
    .map((part) => part.text)
    .join('')

const text = fc
  .array(fc.constantFrom('forty', 'pies', ' ', '  ', '\n', ',', '.', '£6.50', '#fig', 'seven', 'Łódź'), {
    maxLength: 24,
  })
  .map((words) => words.join(''))

test('both texts can be read back from the diff, whatever they are', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = wordDiff(before, after)
      expect(side(parts, 'added')).toBe(before)
      expect(side(parts, 'removed')).toBe(after)
    }),
  )
})

test('equal texts differ in nothing', () => {
  expect(wordDiff('Fig, brown butter.', 'Fig, brown butter.')).toEqual([
    { kind: 'same', text: 'Fig, brown butter.' },
  ])
  expect(wordDiff('', '')).toEqual([])
})

test('a changed phrase is struck as one and set as one', () => {
  expect(wordDiff('At the counter from half past six.', 'At the counter from seven.')).toEqual([
    { kind: 'same', text: 'At the counter from ' },
    { kind: 'removed', text: 'half past six' },
    { kind: 'added', text: 'seven' },
    { kind: 'same', text: '.' },
  ])
})

test('small equal words between changes belong to them, a full stop does not', () => {
  const before = 'A little patience. 40 pies, all seven shops, £6.50 each. First in, first served.'
  const after = 'A little patience. Forty pies across all seven shops. When they are gone, they are gone.'
  expect(wordDiff(before, after).map((part) => `${part.kind}:${part.text}`)).toEqual([
    'same:A little patience. ',
    'removed:40 pies,',
    'added:Forty pies across',
    'same: all seven shops',
    'removed:, £6.50 each',
    'same:. ',
    'removed:First in, first served',
    'added:When they are gone, they are gone',
    'same:.',
  ])
})

test('two long texts with nothing in common do not hold the page up', () => {
  const before = Array.from({ length: 6000 }, (_, i) => `a${i}`).join(' ')
  const after = Array.from({ length: 6000 }, (_, i) => `b${i}`).join(' ')
  const start = performance.now()
  wordDiff(before, after)
  expect(performance.now() - start).toBeLessThan(500)
})
