import { expect, test } from 'vitest'
import { kind, weight } from './schema.ts'
import { shapeOf } from './shape.ts'

test.each([
  [2160, 2700, '4 : 5'],
  [1080, 1080, '1 : 1'],
  [1950, 1000, '1.95 : 1'],
  [1000, 2500, '1 : 2.5'],
  [null, 100, null],
])('%s by %s is %s', (width, height, words) => {
  expect(shapeOf({ width, height })).toBe(words)
})

test.each([
  [0, '0 kB'],
  [840, '1 kB'],
  [3_123_000, '3 MB'],
  [31_457_280, '30 MB'],
  [5_368_709_120, '5 GB'],
])('%i bytes weigh %s', (bytes, words) => {
  expect(weight(bytes)).toBe(words)
})

test('kinds are called as people call them', () => {
  expect(kind('image/webp')).toBe('WebP')
  expect(kind('application/pdf')).toBe('application/pdf')
})
