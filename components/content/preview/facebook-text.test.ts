import { expect, test } from 'vitest'
import { facebookCut, facebookRuns, hostOf } from './facebook-text.ts'

const blue = (text: string) =>
  facebookRuns(text)
    .filter((run) => run.kind === 'link')
    .map((run) => run.text)

test('addresses, hashtags are blue, the full stop after them is not', () => {
  expect(
    blue('See https://oatandember.example/shops. #oatandember #27folds, at tarn.example/ridge2!'),
  ).toEqual(['https://oatandember.example/shops', '#oatandember', '#27folds', 'tarn.example/ridge2'])
})

test('a number after a hash and an address in a mail are plain', () => {
  expect(blue('Shop #1, write to ines@halyard.example')).toEqual([])
})

test('the runs are the text, nothing lost', () => {
  const text = 'Fig \u{1F967}\n\n#fig and https://a.example/b?c=d&e#f (see there).'
  expect(
    facebookRuns(text)
      .map((run) => run.text)
      .join(''),
  ).toBe(text)
})

test('a short text is shown whole', () => {
  expect(facebookCut('Forty of them, out at 07:30.')).toBeNull()
})

test('a long text is cut at the end of a word', () => {
  const text = 'forty pies '.repeat(60)
  const cut = facebookCut(text)
  expect(cut).not.toBeNull()
  expect(text.slice(0, cut ?? 0)).toMatch(/(forty|pies)$/)
  expect(cut).toBeLessThanOrEqual(280)
})

test('many short lines are cut after the fifth', () => {
  expect(facebookCut('a\nb\nc\nd\ne\nf\ng')).toBe('a\nb\nc\nd\ne'.length)
})

test('an address shows its host', () => {
  expect(hostOf('https://www.oatandember.example/a/b')).toBe('oatandember.example')
})
