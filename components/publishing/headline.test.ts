import { expect, test } from 'vitest'
import type { JobStatus, PauseScope } from '#lib/publishing/schema.ts'
import { publishingTitle } from './headline.ts'

const now = new Date('2026-09-17T12:04:00Z')
const job = (
  status: JobStatus,
  scheduledFor = '2026-09-18T07:30:00Z',
  nextRetryAt: string | null = null,
  pausedBy: PauseScope | null = null,
) => ({
  status,
  scheduledFor,
  nextRetryAt,
  pausedBy,
})
const title = (...jobs: ReturnType<typeof job>[]) => publishingTitle(jobs, now)

test('the heading says what is wrong before anything else', () => {
  expect(title()).toBe('Nothing is in the queue')
  expect(title(job('scheduled'))).toBe('The queue is on time')
  expect(title(job('failed'), job('dlq'), job('scheduled'))).toBe('Two posts failed')
  expect(title(job('outcome_unknown'))).toBe('One post has no answer yet')
  expect(title(job('failed'), job('outcome_unknown'))).toBe('One failed, one has no answer yet')
})

test('a post past its minute is late, one that waits for another try is not', () => {
  expect(title(job('scheduled', '2026-09-17T12:00:00Z'))).toBe('One post is late')
  expect(title(job('scheduled', '2026-09-17T12:00:00Z', '2026-09-17T12:05:00Z'))).toBe('The queue is on time')
})

test('a post past its minute is late, unless somebody paused it', () => {
  expect(title(job('scheduled', '2026-09-17T12:00:00Z'))).toBe('One post is late')
  expect(title(job('scheduled', '2026-09-17T12:00:00Z', null, 'brand'))).toBe('The queue is on time')
})
