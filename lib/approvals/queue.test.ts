import { describe, expect, test } from 'vitest'
import { type Asked, isSoon, queueOf, timeLeft } from './queue.ts'

const now = new Date('2026-09-17T12:04:00Z')
const asked = (audience: Asked['audience'], assignedTo: string): Asked => ({
  audience,
  assignedTo,
  at: '2026-09-17T10:12:00Z',
  deadline: null,
})

describe('the queue a piece stands in', () => {
  test('mine while I was asked, the team’s while only others were', () => {
    const piece = { status: 'pending_review', heldAt: null, asked: [asked('internal', 'priya')] }
    expect(queueOf(piece, 'priya')).toBe('mine')
    expect(queueOf(piece, 'teo')).toBe('team')
  })

  test('the client’s once they were asked', () => {
    const piece = { status: 'pending_review', heldAt: null, asked: [asked('client', 'marguerite')] }
    expect(queueOf(piece, 'priya')).toBe('client')
  })

  test('held before anything else, sent back by its state, none once it is settled', () => {
    expect(queueOf({ status: 'scheduled', heldAt: '2026-09-17T10:00:00Z', asked: [] }, 'priya')).toBe('held')
    expect(queueOf({ status: 'changes_requested', heldAt: null, asked: [] }, 'priya')).toBe('changes')
    expect(queueOf({ status: 'scheduled', heldAt: null, asked: [] }, 'priya')).toBe(null)
  })
})

test.each([
  ['2026-09-17T12:00:00Z', 'now'],
  ['2026-09-17T12:30:00Z', '26 min'],
  ['2026-09-17T15:00:00Z', '2 h 56'],
  ['2026-09-17T14:04:00Z', '2 h'],
  ['2026-09-17T14:09:00Z', '2 h 05'],
  ['2026-09-18T17:30:00Z', '1 d 5 h'],
  ['2026-09-29T12:04:00Z', '12 d'],
])('until %s is "%s"', (instant, words) => {
  expect(timeLeft(instant, now)).toBe(words)
})

test('the last day is soon', () => {
  expect(isSoon('2026-09-18T12:03:00Z', now)).toBe(true)
  expect(isSoon('2026-09-18T12:05:00Z', now)).toBe(false)
})
