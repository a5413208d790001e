import { expect, test } from 'vitest'
import type { Job } from './jobs.ts'
import { latestJobs } from './latest-jobs.ts'

const job = (
  id: string,
  accountName: string,
  status: Job['status'],
  errorCode: string | null = null,
): Job => ({
  id,
  accountName,
  status,
  errorCode,
  connectionId: `connection of ${accountName}`,
  brandId: 'oat',
  pausedBy: null,
  postId: 'p1',
  number: 1,
  title: 'Harvest loaf',
  network: 'facebook',
  account: 'usable',
  version: 1,
  digest: '0'.repeat(64),
  text: '',
  pictures: 0,
  scheduledFor: '2026-09-17T16:30:00Z',
  publishedAt: null,
  permalink: null,
  latenessMs: null,
  attempt: 1,
  createdAt: '2026-09-17T16:30:00Z',
  nextRetryAt: null,
  errorReason: null,
  nextLookAt: null,
  updatedAt: '2026-09-17T16:30:00Z',
  logs: [],
})

const ids = (jobs: Job[]) => latestJobs(jobs).map(({ id }) => id)

test('shows the newest job of each account, by the account’s name', () => {
  expect(
    ids([job('2', 'Tarn', 'scheduled'), job('1', 'Tarn', 'failed'), job('3', 'Oat & Ember', 'published')]),
  ).toEqual(['3', '2'])
})

test('says nothing of a job that an edit cancelled', () => {
  expect(ids([job('1', 'Tarn', 'cancelled')])).toEqual([])
})

test('says that a broken seal stopped one', () => {
  expect(ids([job('1', 'Tarn', 'cancelled', 'seal_broken')])).toEqual(['1'])
})
