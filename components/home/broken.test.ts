import { expect, test } from 'vitest'
import type { HomeAccount, NeedyPiece } from '#lib/home/queries.ts'
import type { JobState } from '#lib/publishing/queries.ts'
import { brokenThings } from './broken.ts'

const account = (id: string, health: HomeAccount['health']): HomeAccount => ({
  id,
  brandId: 'marrow',
  name: `Page ${id}`,
  network: 'facebook',
  health,
  keyEndsAt: null,
  cause: null,
  waiting: [],
})

const job = (id: string, status: JobState['status'], more: Partial<JobState> = {}): JobState => ({
  id,
  brandId: 'oat',
  postId: 'piece',
  number: 14,
  title: 'Three stairs, one knee',
  connectionId: 'clinic',
  accountName: 'Clinic',
  network: 'facebook',
  status,
  account: 'usable',
  pausedBy: null,
  version: 2,
  scheduledFor: '2026-09-17T06:30:00Z',
  publishedAt: null,
  permalink: null,
  latenessMs: null,
  attempt: 1,
  nextRetryAt: null,
  errorCode: null,
  errorReason: null,
  nextLookAt: null,
  createdAt: '2026-09-16T06:30:00Z',
  updatedAt: '2026-09-17T06:30:00Z',
  ...more,
})

const piece = (...jobs: JobState[]): NeedyPiece => ({
  id: 'piece',
  brandId: 'marrow',
  number: 14,
  title: 'Three stairs, one knee',
  status: 'failed',
  version: 2,
  goesOutAt: '2026-09-17T06:30:00Z',
  heldAt: null,
  updatedAt: '2026-09-17T06:30:00Z',
  asked: [],
  networks: ['facebook'],
  picturePath: null,
  jobs,
})

const keysOf = (...given: Parameters<typeof brokenThings>) => brokenThings(...given).map(({ key }) => key)

test('a lost account comes first and takes the posts along that it failed', () => {
  const lost = { connectionId: 'physio', account: 'reconnect', errorCode: 'meta_password_changed' } as const
  const [first, ...rest] = brokenThings(
    [piece(job('by-account', 'failed', lost)), piece(job('by-itself', 'failed'))],
    [account('clinic', 'healthy'), account('physio', 'lost')],
  )
  expect(first).toMatchObject({ kind: 'account', key: 'physio', failed: [{ id: 'by-account' }] })
  expect(rest.map(({ key }) => key)).toEqual(['by-itself'])
})

test('an answer that got lost is said even where its account is lost too', () => {
  const lost = { connectionId: 'physio', account: 'reconnect' } as const
  expect(keysOf([piece(job('unknown', 'outcome_unknown', lost))], [account('physio', 'lost')])).toEqual([
    'physio',
    'unknown',
  ])
})

test('a failure through an account that was disconnected on purpose stands by itself', () => {
  expect(keysOf([piece(job('left', 'failed', { account: 'disconnected' }))], [])).toEqual(['left'])
})

test('a failure that was sent again, or belongs to an older version, is over', () => {
  expect(keysOf([piece(job('again', 'scheduled'), job('before', 'failed'))], [])).toEqual([])
  expect(keysOf([piece(job('older', 'failed', { version: 1 }))], [])).toEqual([])
})

test('what was stopped at its hour is broken; what was only taken back is not', () => {
  expect(keysOf([piece(job('stopped', 'cancelled', { errorCode: 'seal_broken' }))], [])).toEqual(['stopped'])
  expect(keysOf([piece(job('back', 'cancelled'))], [])).toEqual([])
})

test('an account that waits for nobody but is lost is still said', () => {
  expect(keysOf([], [account('physio', 'lost'), account('clinic', 'ending')])).toEqual(['physio'])
})
