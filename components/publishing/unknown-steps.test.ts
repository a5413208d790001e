import { expect, test } from 'vitest'
import { sentenceFor } from '#lib/errors.ts'
import type { Job, JobLog } from '#lib/publishing/jobs.ts'
import { unknownSteps } from './unknown-steps.ts'

const log = (id: string, kind: string, status: string, rest: Partial<JobLog> = {}): JobLog => ({
  id,
  at: `2026-09-17T16:3${id}:00Z`,
  kind,
  status,
  step: null,
  code: null,
  reason: null,
  ...rest,
})

const job = (logs: JobLog[]): Job => ({
  id: 'j1',
  brandId: 'oat',
  pausedBy: null,
  postId: 'p1',
  number: 311,
  title: 'Crackle test',
  connectionId: 'c1',
  accountName: 'Oat & Ember',
  network: 'facebook',
  status: 'outcome_unknown',
  account: 'usable',
  version: 2,
  digest: 'a1f0'.padEnd(64, '0'),
  text: 'Listen to it crackle.',
  pictures: 1,
  scheduledFor: '2026-09-17T16:30:00Z',
  publishedAt: null,
  permalink: null,
  latenessMs: 400,
  attempt: 1,
  createdAt: '2026-09-17T16:30:00Z',
  nextRetryAt: null,
  errorCode: 'platform_timeout',
  errorReason: null,
  nextLookAt: '2026-09-17T16:50:00Z',
  updatedAt: '2026-09-17T16:30:00Z',
  logs,
})

test('tells what was sent last, why nothing is known, and what each look saw', () => {
  const steps = unknownSteps(
    job([
      log('0', 'queued', 'scheduled'),
      log('1', 'intent', 'committed', { step: 'stage_photo' }),
      log('2', 'intent', 'committed', { step: 'publish' }),
      log('3', 'result', 'unknown', { code: 'platform_timeout' }),
      log('4', 'look', 'not_yet'),
      log('5', 'look', 'unreadable', { code: 'platform_busy' }),
    ]),
  )
  expect(steps.map((step) => step.text)).toEqual([
    'Sent: text of 21 letters, one picture, version 2, seal a1f0',
    sentenceFor('platform_timeout', { network: 'facebook' }),
    'Looked on Facebook: not there yet',
    `Could not look on Facebook: ${sentenceFor('platform_busy', { network: 'facebook' })}`,
  ])
})
