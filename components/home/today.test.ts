import { expect, test } from 'vitest'
import type { HomePiece } from '#lib/home/queries.ts'
import { aroundNow, piecesOf, tally } from './today.ts'

const piece = (at: string, state: HomePiece['state'] = 'scheduled', isHeld = false): HomePiece => ({
  id: at,
  brandId: 'oat',
  number: 1,
  title: 'Bun bell',
  state,
  at,
  isHeld,
  networks: ['facebook'],
  latenessMs: null,
})

test('a day holds what its zone says, in the order of its times', () => {
  const pieces = [
    piece('2026-09-17T16:30:00Z'),
    piece('2026-09-17T22:59:00Z'),
    piece('2026-09-17T23:30:00Z'),
    piece('2026-09-17T06:30:00Z'),
  ]
  expect(piecesOf('2026-09-17', pieces, 'Europe/London').map(({ at }) => at)).toEqual([
    '2026-09-17T06:30:00Z',
    '2026-09-17T16:30:00Z',
    '2026-09-17T22:59:00Z',
  ])
})

test('what is held, failed or without its yes does not go out today', () => {
  expect(
    tally([
      piece('a', 'published'),
      piece('b', 'publishing'),
      piece('c', 'scheduled'),
      piece('d', 'scheduled', true),
      piece('e', 'failed'),
      piece('f', 'pending_review'),
    ]),
  ).toEqual({ planned: 6, out: 1, toGo: 2 })
})

test('a long day is cut around now, and shows as much as fits at either end', () => {
  const hours = Array.from({ length: 20 }, (_, hour) =>
    piece(`2026-09-17T${String(hour).padStart(2, '0')}:30:00Z`),
  )
  const shown = (now: string) =>
    aroundNow(hours, new Date(now), { most: 6, before: 2 }).map(({ at }) => at.slice(11, 13))
  expect(shown('2026-09-17T10:00:00Z')).toEqual(['08', '09', '10', '11', '12', '13'])
  expect(shown('2026-09-17T00:00:00Z')).toEqual(['00', '01', '02', '03', '04', '05'])
  expect(shown('2026-09-17T23:00:00Z')).toEqual(['14', '15', '16', '17', '18', '19'])
  expect(aroundNow(hours.slice(0, 3), new Date(), { most: 6, before: 2 })).toHaveLength(3)
})
