import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { Step } from './post.ts'
import { storyAt } from './story.ts'

/** Days and nights around each change of the clocks, and around a year's end. */
const told = ['2026-03-29', '2026-10-25', '2026-12-31']
  .flatMap((day) =>
    Array.from({ length: 24 }, (_, n) =>
      Temporal.Instant.from(`${day}T00:10Z`).add({ hours: (n - 12) * 17 }),
    ),
  )
  .map((now) => ({ now, ...storyAt(now) }))

test('nothing has happened that is yet to come, whenever the story is told', () => {
  for (const { now, beginning, month } of told) {
    const times = [...beginning, ...month].map(({ at }) => at.epochMilliseconds)
    expect(Math.max(...times), now.toString()).toBeLessThan(now.epochMilliseconds)
  }
})

test('the agency is founded before it writes its first post', () => {
  for (const { now, beginning, month } of told) {
    const founded = beginning.at(-1)?.at.epochMilliseconds
    expect(founded, now.toString()).toBeLessThan(month[0]?.at.epochMilliseconds ?? 0)
  }
})

test('the steps of a post lie in their order, and its time ahead of whoever plans it', () => {
  for (const { now, posts } of told) {
    for (const { post } of posts) {
      const where = `${post.title}, told at ${now}`
      const deeds = post.steps.filter(({ does }) => does !== 'misbehave' && does !== 'say')
      const times = deeds.map(({ at }) => at.epochMilliseconds)
      expect(times, where).toEqual(times.toSorted((a, b) => a - b))
      expect(deeds[0]?.does, where).toBe('write')
      expect(Math.min(...post.steps.map(({ at }) => at.epochMilliseconds)), where).toBe(times[0])
      for (const { at, slot } of deeds.filter(isPlan)) {
        expect(slot.epochMilliseconds, where).toBeGreaterThan(at.epochMilliseconds)
        expect(slot.minute % 15, where).toBe(0)
      }
    }
  }
})

test('what names its day goes out on it', () => {
  const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
  const named = /^(Friday) pie drop|^(Saturday) queue|^Torch, (Thursday)/
  for (const { now, posts } of told) {
    for (const { post } of posts) {
      const day = named.exec(post.title)?.slice(1).find(Boolean)
      const plan = post.steps.find(isPlan)
      if (day && plan) expect(days[plan.slot.dayOfWeek - 1], `${post.title}, told at ${now}`).toBe(day)
    }
  }
})

test('no two posts share a title or a picture', () => {
  const posts = told[0]?.posts ?? []
  const titles = posts.map(({ post }) => post.title)
  const pictures = posts.flatMap(({ post }) => post.picture ?? [])
  expect(new Set(titles).size).toBe(titles.length)
  expect(new Set(pictures).size).toBe(pictures.length)
})

function isPlan(step: Step): step is Extract<Step, { does: 'plan' }> {
  return step.does === 'plan'
}
