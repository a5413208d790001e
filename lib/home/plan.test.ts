import { expect, test } from 'vitest'
import { planWeek, planWords } from './plan.ts'

const days = ['2026-09-21', '2026-09-22', '2026-09-23', '2026-09-24']
const london = 'Europe/London'
const piece = (at: string, state: 'scheduled' | 'approved' | 'pending_review' | 'draft', isHeld = false) => ({
  at,
  state,
  isHeld,
})

test('a day is filled once all of it is passed, outlined while anything waits, open where nothing is', () => {
  const week = planWeek(
    [
      piece('2026-09-21T06:30:00Z', 'scheduled'),
      piece('2026-09-21T16:30:00Z', 'approved'),
      piece('2026-09-22T06:30:00Z', 'scheduled'),
      piece('2026-09-22T16:30:00Z', 'pending_review'),
      piece('2026-09-24T06:30:00Z', 'scheduled', true),
    ],
    days,
    london,
  )
  expect(week.map(({ count, standing }) => [count, standing])).toEqual([
    [2, 'ready'],
    [2, 'waiting'],
    [0, 'none'],
    [1, 'waiting'],
  ])
})

test('a post shortly after midnight belongs to the day that the zone says', () => {
  const [, tuesday] = planWeek([piece('2026-09-21T23:10:00Z', 'scheduled')], days, london)
  expect(tuesday?.count).toBe(1)
})

test('a cell says its colour in words', () => {
  expect(planWords({ day: '', count: 1, standing: 'ready' })).toBe('1 post, approved')
  expect(planWords({ day: '', count: 3, standing: 'waiting' })).toBe('3 posts, not all approved')
  expect(planWords({ day: '', count: 0, standing: 'none' })).toBe('nothing planned')
})
