import { expect, test } from 'vitest'
import { dayWords, headline, isQuiet, stepsHeadline } from './headline.ts'

const calm = { broken: 0, waiting: 0, planned: 0, toGo: 0, out: 0 }

test.each([
  [{ broken: 3, waiting: 6 }, 'Three things broke, six wait for a yes'],
  [{ broken: 1, waiting: 1 }, 'One thing broke, one waits for a yes'],
  [{ broken: 14, waiting: 1204 }, '14 things broke, 1,204 wait for a yes'],
  [{ broken: 2, toGo: 5 }, 'Two things broke'],
  [{ waiting: 1, toGo: 5 }, 'One post waits for a yes'],
  [{ waiting: 6 }, 'Six posts wait for a yes'],
])('what needs a person leads: %o', (counts, words) => {
  expect(headline({ ...calm, ...counts })).toBe(words)
})

test.each([
  [{ toGo: 8, out: 2 }, 'Eight posts go out today'],
  [{ toGo: 1 }, 'One post goes out today'],
  [{ out: 1 }, 'Today’s post is out'],
  [{ out: 3 }, 'All three posts of today are out'],
  [{}, 'Nothing goes out today'],
])('where all is well the day leads: %o', (counts, words) => {
  expect(headline({ ...calm, ...counts })).toBe(words)
})

test.each([
  [{ planned: 8, out: 2 }, '8 posts today, 2 are out'],
  [{ planned: 2, out: 1 }, '2 posts today, 1 is out'],
  [{ planned: 2, out: 0 }, '2 posts today, none out yet'],
  [{ planned: 1, out: 0 }, '1 post today, not out yet'],
  [{ planned: 1, out: 1 }, '1 post today, out'],
  [{ planned: 4, out: 4 }, '4 posts today, all out'],
  [{ planned: 0, out: 0, broken: 1 }, 'nothing goes out today'],
  [{ planned: 0, out: 0 }, null],
])('the day in figures: %o', (counts, words) => {
  expect(dayWords({ ...calm, ...counts })).toBe(words)
})

test('a first day says how far it has come', () => {
  expect(stepsHeadline({ done: 2, left: 3, isFree: true })).toBe(
    'Two steps done, three to go, none of them blocks you',
  )
  expect(stepsHeadline({ done: 1, left: 4, isFree: false })).toBe('One step done, four to go')
  expect(stepsHeadline({ done: 4, left: 1, isFree: true })).toBe('Four steps done, one to go')
  expect(stepsHeadline({ done: 0, left: 1, isFree: true })).toBe('One step to begin with')
})

test('a day is quiet while nothing is broken, waits or has its time', () => {
  expect(isQuiet(calm)).toBe(true)
  expect(isQuiet({ ...calm, waiting: 1 })).toBe(false)
  expect(isQuiet({ ...calm, planned: 1 })).toBe(false)
})
