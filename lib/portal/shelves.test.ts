import { describe, expect, test } from 'vitest'
import type { ClientStatus } from '#lib/approvals/schema.ts'
import type { Version } from '#lib/approvals/versions.ts'
import { bySlot, groupByPost, lastSpokenOn, shelfOf } from './shelves.ts'

function version(postId: string, number: number, rest: Partial<Version> = {}): Version {
  return {
    postId,
    number: 1,
    version: number,
    title: postId,
    body: '',
    link: null,
    firstComment: null,
    channels: [],
    pictures: [],
    digest: '',
    submittedBy: null,
    submittedAt: '2026-09-17T08:00:00Z',
    sharedAt: '2026-09-17T08:00:00Z',
    supersededAt: null,
    clientStatus: 'waiting',
    scheduledAt: null,
    timeZone: null,
    permalinks: [],
    publishedAt: null,
    decisions: [],
    ...rest,
  }
}

describe('where a client finds a post', () => {
  test.each<[ClientStatus, string]>([
    ['waiting', 'needs_ok'],
    ['approved', 'coming_up'],
    ['scheduled', 'coming_up'],
    ['held', 'coming_up'],
    ['publishing', 'coming_up'],
    ['checking', 'coming_up'],
    ['failed', 'coming_up'],
    ['changes_requested', 'with_agency'],
    ['rejected', 'with_agency'],
    ['withdrawn', 'with_agency'],
    ['published', 'published'],
  ])('%s: %s', (clientStatus, shelf) => {
    expect(shelfOf({ clientStatus, supersededAt: null })).toBe(shelf)
  })

  test('with the agency while a newer version is not shown yet', () => {
    expect(shelfOf({ clientStatus: 'waiting', supersededAt: '2026-09-17T09:00:00Z' })).toBe('with_agency')
  })
})

test('the newest version shown stands for its post, the others behind it', () => {
  const [post] = groupByPost([version('loaf', 1), version('loaf', 3), version('loaf', 2)])
  expect(post?.latest.version).toBe(3)
  expect(post?.earlier.map((one) => one.version)).toEqual([2, 1])
})

test('soonest first, those without a time last', () => {
  const posts = groupByPost([
    version('no time', 1),
    version('later', 1, { scheduledAt: '2026-09-19T08:00:00Z' }),
    version('sooner', 1, { scheduledAt: '2026-09-18T08:00:00Z' }),
  ])
  expect(posts.toSorted(bySlot).map(({ latest }) => latest.title)).toEqual(['sooner', 'later', 'no time'])
})

test('changes are told from the version the client last spoke on', () => {
  const spoken = version('loaf', 1, {
    decisions: [
      {
        id: 'd',
        outcome: 'changes_requested',
        audience: 'client',
        by: 'marguerite',
        at: '2026-09-16T08:00:00Z',
        comment: 'Seven, not half past six.',
        digest: '',
      },
    ],
  })
  expect(lastSpokenOn({ latest: version('loaf', 3), earlier: [version('loaf', 2), spoken] })).toBe(spoken)
})
