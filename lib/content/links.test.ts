import { expect, test } from 'vitest'
import { linkFrom } from './links.ts'

test.each([
  ['tarn.example/ridge2?utm_campaign=ridge2', 'https://tarn.example/ridge2?utm_campaign=ridge2'],
  [' https://tarn.example ', 'https://tarn.example'],
  ['http://tarn.example/a b', null],
  ['tarn', null],
  ['javascript:alert(1)', null],
  ['ftp://tarn.example', null],
  ['', ''],
])('%j becomes %j', (typed, link) => {
  expect(linkFrom(typed)).toBe(link)
})
