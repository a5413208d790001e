import { expect, test } from 'vitest'
import { punctualityOf } from './punctuality.ts'

test('figures are measured values, by nearest rank', () => {
  const lateness = [100, 200, 300, 400, 500, 600, 700, 800, 900, 15_000]
  expect(punctualityOf(lateness)).toEqual({ posts: 10, p50Ms: 500, p95Ms: 15_000, worstMs: 15_000 })
})

test('a post sent early counts as on time', () => {
  expect(punctualityOf([-20, 0, 0, 0, 0])?.worstMs).toBe(0)
})

test('too few posts give no figures', () => {
  expect(punctualityOf([100, 200])).toBe(null)
  expect(punctualityOf([])).toBe(null)
})
