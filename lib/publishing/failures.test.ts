import { expect, test } from 'vitest'
import { groupFailures } from './failures.ts'
import type { JobState } from './jobs.ts'

const job = (id: string, more: Partial<JobState>): JobState => ({
  id,
  brandId: 'oat',
  postId: `piece ${id}`,
  number: 1,
  title: 'Friday pie drop',
  connectionId: 'page',
  accountName: 'Oat & Ember',
  network: 'facebook',
  status: 'failed',
  account: 'usable',
  pausedBy: null,
  version: 1,
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
const sizes = (jobs: JobState[]) => groupFailures(jobs).map((group) => [group.remedy, group.jobs.length])

test('a lost account is one cause, whatever the network said of each post', () => {
  expect(
    sizes([
      job('1', { account: 'reconnect', errorCode: 'meta_token_expired' }),
      job('2', { account: 'reconnect', errorCode: 'meta_picture_refused' }),
      job('3', { account: 'reconnect', connectionId: 'other' }),
    ]),
  ).toEqual([
    ['reconnect', 2],
    ['reconnect', 1],
  ])
})

test('what has to be changed is each its own', () => {
  expect(
    sizes([job('1', { errorCode: 'publish_invalid' }), job('2', { errorCode: 'publish_invalid' })]),
  ).toEqual([
    ['edit', 1],
    ['edit', 1],
  ])
})

test('one cause of one account is sent again together, the largest group first', () => {
  expect(
    sizes([
      job('1', { errorCode: 'publish_missed' }),
      job('2', { errorCode: 'publish_gave_up' }),
      job('3', { errorCode: 'publish_gave_up' }),
      job('4', { errorCode: 'publish_gave_up', connectionId: 'other' }),
    ]),
  ).toEqual([
    ['retry', 2],
    ['retry', 1],
    ['retry', 1],
  ])
})
