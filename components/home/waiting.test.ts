import { expect, test } from 'vitest'
import type { NeedyPiece } from '#lib/home/queries.ts'
import { askedWords, waitingPieces } from './waiting.ts'

type Asked = NeedyPiece['asked'][number]

const asked = (assignedTo: string | null, audience: Asked['audience'] = 'internal'): Asked => ({
  audience,
  assignedTo,
  at: '2026-09-16T09:00:00Z',
  deadline: null,
})

const piece = (id: string, more: Partial<NeedyPiece>): NeedyPiece => ({
  id,
  brandId: 'oat',
  number: 1,
  title: 'Harvest loaf',
  status: 'pending_review',
  version: 1,
  goesOutAt: null,
  heldAt: null,
  updatedAt: '2026-09-15T09:00:00Z',
  asked: [],
  networks: [],
  picturePath: null,
  jobs: [],
  ...more,
})

test('what failed waits for no yes; what is asked, sent back or held does', () => {
  const waiting = waitingPieces(
    [
      piece('asked', { asked: [asked('ines')] }),
      piece('failed', { status: 'failed' }),
      piece('sent', { status: 'publishing' }),
      piece('back', { status: 'changes_requested' }),
      piece('held', { status: 'scheduled', heldAt: '2026-09-17T08:00:00Z' }),
    ],
    'ines',
  )
  expect(waiting.map(({ id, queue }) => [id, queue])).toEqual([
    ['asked', 'mine'],
    ['back', 'changes'],
    ['held', 'held'],
  ])
})

test('it has waited since it was asked, sent back or held', () => {
  const since = (more: Partial<NeedyPiece>) => waitingPieces([piece('one', more)], 'ines')[0]?.since
  expect(since({ asked: [asked('ines')] })).toBe('2026-09-16T09:00:00Z')
  expect(since({ status: 'changes_requested' })).toBe('2026-09-15T09:00:00Z')
  expect(since({ status: 'scheduled', heldAt: '2026-09-17T08:00:00Z' })).toBe('2026-09-17T08:00:00Z')
})

test('says whose word it waits for, the reader first', () => {
  const names = new Map([
    ['ines', 'Ines Caldeira'],
    ['rafael', 'Rafael Moura'],
    ['lena', 'Lena Wirth'],
    ['mo', 'Marguerite Oakes'],
  ])
  const say = (...all: Asked[]) => askedWords({ asked: all }, 'ines', names)
  expect(say(asked('rafael'), asked('ines'))).toBe('You and Rafael')
  expect(say(asked('ines'))).toBe('You')
  expect(say(asked('mo', 'client'))).toBe('Marguerite')
  expect(say(asked('rafael'), asked('lena'))).toBe('Rafael and Lena')
  expect(say(asked(null, 'client'))).toBeNull()
})
