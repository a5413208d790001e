import { expect, test } from 'vitest'
import { connectedWords, skippedWords } from './connected-words.ts'

test('says which accounts are there now', () => {
  expect(connectedWords(['Oat & Ember'])).toBe('Oat & Ember is connected')
  expect(connectedWords(['Oat & Ember', 'Station'])).toBe(
    'Two accounts are connected: Oat & Ember and Station',
  )
})

test('says what was left out and why', () => {
  expect(skippedWords({ skipped: [{ name: 'Tarn archive', reason: 'no_right_to_post' }] })).toBe(
    'Left out: Tarn archive (that sign-in may not post there).',
  )
  expect(skippedWords({ skipped: [] })).toBe('Posts can go there from now on.')
  expect(skippedWords(null)).toBe('Posts can go there from now on.')
})
