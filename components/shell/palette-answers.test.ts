import { expect, test } from 'vitest'
import { answers } from './palette-answers.ts'

test('every typed word must begin some word of the entry', () => {
  expect(answers({ label: 'Oat & Ember', also: 'O&E' }, 'emb')).toBe(true)
  expect(answers({ label: 'Oat & Ember', also: 'O&E' }, 'ember oat')).toBe(true)
  expect(answers({ label: 'Oat & Ember', also: 'O&E' }, 'o&')).toBe(true)
  expect(answers({ label: 'Oat & Ember', also: 'O&E' }, 'tarn')).toBe(false)
})

test('nothing typed leaves everything in the list', () => {
  expect(answers({ label: 'Calendar' }, '')).toBe(true)
})
