import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gapMs, waitFor } from './waiting.ts'

test('a video is asked for after 5, 10, 20, 30 seconds, then every minute, then now and then', () => {
  const gaps = Array.from({ length: 20 }, (_, polls) => gapMs('video', polls) / 1_000)
  expect(gaps.slice(0, 6)).toEqual([5, 10, 20, 30, 60, 60])
  const waited = gaps.map((_, polls) => gaps.slice(0, polls).reduce((sum, gap) => sum + gap, 0))
  const parkedFrom = gaps.indexOf(300)
  // A quarter of an hour, give or take one gap.
  expect(waited[parkedFrom]).toBeGreaterThanOrEqual(15 * 60)
  expect(waited[parkedFrom]).toBeLessThan(17 * 60)
})

test('the gaps only grow', () => {
  const kind = fc.constantFrom<'image' | 'video'>('image', 'video')
  fc.assert(
    fc.property(kind, fc.nat({ max: 500 }), (of, polls) => {
      expect(gapMs(of, polls + 1)).toBeGreaterThanOrEqual(gapMs(of, polls))
      expect(gapMs(of, polls)).toBeLessThanOrEqual(300_000)
    }),
  )
})

test('waiting keeps what is known and counts the looks', () => {
  const first = waitFor('image', 'publish', { id_0: '7' })
  expect(first).toMatchObject({
    outcome: { kind: 'wait', step: 'publish', afterMs: 1_000, memo: { id_0: '7', polls: '1' } },
  })
})
