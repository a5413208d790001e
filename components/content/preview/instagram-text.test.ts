import { expect, test } from 'vitest'
import { instagramCut, instagramRuns } from './instagram-text.ts'

const painted = (text: string) =>
  instagramRuns(text).flatMap(({ kind, text: run }) => (kind === 'tag' ? run : []))

test('hashtags and mentions are painted, addresses and mails are not', () => {
  expect(painted('With @oat.ember. #figs #27folds, https://oat.example, ines@halyard.example')).toEqual([
    '@oat.ember',
    '#figs',
    '#27folds',
  ])
})

test('the runs are the caption, nothing lost', () => {
  const caption = 'Fig \u{1F967}\n#fig @you and #more.'
  expect(
    instagramRuns(caption)
      .map((run) => run.text)
      .join(''),
  ).toBe(caption)
})

test('a short caption is shown whole, a long one cut at a word, many lines after the second', () => {
  expect(instagramCut('Forty of them, out at 07:30.')).toBeNull()
  const text = 'forty pies '.repeat(60)
  const cut = instagramCut(text) ?? 0
  expect(text.slice(0, cut)).toMatch(/(forty|pies)$/)
  expect(cut).toBeLessThanOrEqual(125)
  expect(instagramCut('a\nb\nc')).toBe('a\nb'.length)
})
