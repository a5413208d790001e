import { expect, test } from 'vitest'
import type { NeedyPiece } from '#lib/home/queries.ts'
import type { JobState } from '#lib/publishing/queries.ts'
import { isMoving } from './moving.ts'

const now = new Date('2026-09-17T12:00:00Z')

const piece = (more: Partial<JobState>): NeedyPiece => ({
  id: 'piece',
  brandId: 'oat',
  number: 1,
  title: 'Harvest loaf',
  status: 'publishing',
  version: 1,
  goesOutAt: null,
  heldAt: null,
  updatedAt: '2026-09-17T11:59:30Z',
  asked: [],
  networks: ['facebook'],
  picturePath: null,
  jobs: [
    {
      id: 'job',
      brandId: 'oat',
      postId: 'piece',
      number: 1,
      title: 'Harvest loaf',
      connectionId: 'page',
      accountName: 'Oat & Ember',
      network: 'facebook',
      status: 'scheduled',
      account: 'usable',
      pausedBy: null,
      version: 1,
      scheduledFor: '2026-09-17T11:59:30Z',
      publishedAt: null,
      permalink: null,
      latenessMs: null,
      attempt: 0,
      nextRetryAt: null,
      errorCode: null,
      errorReason: null,
      nextLookAt: null,
      createdAt: '2026-09-17T11:00:00Z',
      updatedAt: '2026-09-17T11:59:30Z',
      ...more,
    },
  ],
})

test.each([
  ['is being sent', { status: 'processing' }, true],
  ['is due', {}, true],
  ['comes later', { scheduledFor: '2026-09-17T12:30:00Z' }, false],
  ['was due long ago', { scheduledFor: '2026-09-17T11:00:00Z' }, false],
  ['waits for a paused account', { account: 'paused' }, false],
  ['failed', { status: 'failed' }, false],
  ['got no answer', { status: 'outcome_unknown' }, false],
] as const)('a job that %s: %o makes the page move: %s', (_, more, moves) => {
  expect(isMoving([piece(more)], now)).toBe(moves)
})
