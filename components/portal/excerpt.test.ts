import { expect, test } from 'vitest'
import { diffExcerpt } from './excerpt.ts'

const said = (before: string, after: string) =>
  diffExcerpt(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `[+${text}]` : `[-${text}]`))
    .join('')

const long = 'One tray, one take. Twenty-seven folds, no cuts, no music, just the butter talking.'

test('a change in a long text keeps only the words around it', () => {
  expect(said(`${long} At the counter from six.`, `${long} At the counter from seven.`)).toBe(
    '… just the butter talking. At the counter from [-six][+seven].',
  )
})

test('between two changes far apart the middle is left out', () => {
  expect(said(`Six. ${long} ${long} Six.`, `Seven. ${long} ${long} Seven.`)).toBe(
    '[-Six][+Seven]. One tray, one take. Twenty-seven folds, no … no cuts, no music, just the butter talking. [-Six][+Seven].',
  )
})

test('a short text stays whole', () => {
  expect(said('Open at six.', 'Open at seven.')).toBe('Open at [-six][+seven].')
})
