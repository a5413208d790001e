import { expect, test } from 'vitest'
import { type Machinery, publishingTitle } from './headline.ts'

const now = new Date('2026-09-17T12:04:00Z')
type Job = Parameters<typeof publishingTitle>[0][number]

const job = (status: Job['status'], rest: Partial<Job> = {}): Job => ({
  status,
  scheduledFor: '2026-09-18T07:30:00Z',
  nextRetryAt: null,
  pausedBy: null,
  account: 'usable',
  ...rest,
})
const late = (rest: Partial<Job> = {}) => job('scheduled', { scheduledFor: '2026-09-17T12:00:00Z', ...rest })
const running: Machinery = { paused: null, workers: 1, due: 0 }
const title = (...jobs: Job[]) => publishingTitle(jobs, now, running)

test('the heading says what is wrong before anything else', () => {
  expect(title()).toBe('Nothing is in the queue')
  expect(title(job('scheduled'))).toBe('The queue is on time')
  expect(title(job('failed'), job('dlq'), job('scheduled'))).toBe('Two posts failed')
  expect(title(job('outcome_unknown'))).toBe('One post has no answer yet')
  expect(title(job('failed'), job('outcome_unknown'))).toBe('One failed, one has no answer yet')
})

test('a post past its minute is late, one that waits for another try or is paused is not', () => {
  expect(title(late())).toBe('One post is late')
  expect(title(late({ nextRetryAt: '2026-09-17T12:05:00Z' }))).toBe('The queue is on time')
  expect(title(late({ pausedBy: 'connection', account: 'paused' }), job('scheduled'))).toBe(
    'The queue is on time',
  )
})

test('nothing is called on time that somebody paused', () => {
  const paused = { ...running, paused: 'Publishing' }
  expect(publishingTitle([job('scheduled'), job('failed')], now, paused)).toBe('Publishing is paused')
  expect(title(late({ pausedBy: 'connection' }), job('paused'))).toBe('All that waits is paused')
})

test('nor where nobody works', () => {
  const nobody = { ...running, workers: 0 }
  expect(publishingTitle([job('scheduled')], now, nobody)).toBe('Nothing leaves: no worker is running')
  expect(publishingTitle([], now, nobody)).toBe('Nothing is in the queue')
})

test('what stands for a lost account is told apart from what is late', () => {
  const lost = late({ account: 'reconnect', pausedBy: null })
  expect(title(lost)).toBe('One post waits for its account')
  expect(title(lost, lost, late())).toBe('Two posts wait for their accounts')
  expect(title(job('scheduled', { account: 'reconnect' }))).toBe('The queue is on time')
})

test('where a whole page is late, all pages count', () => {
  expect(publishingTitle([late(), late()], now, { ...running, due: 4_812 })).toBe('4,812 posts are late')
})
