import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { inBatches } from './batches.ts'

test('what is asked in one moment goes together, the rest with the next, and never too many', async () => {
  const batches: number[][] = []
  const double = inBatches(3, async (items: readonly number[]) => {
    batches.push([...items])
    await wait(5)
    return items.map((item) => item * 2)
  })
  const first = [1, 2, 3, 4].map(double)
  await wait(2)
  const second = [5, 6].map(double)
  expect(await Promise.all([...first, ...second])).toEqual([2, 4, 6, 8, 10, 12])
  expect(batches).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ])
})

test('what the database refuses of many is asked one by one: only its own fails', async () => {
  const refusal = new postgres.PostgresError('no')
  const ask = inBatches(10, async (items: readonly number[]) => {
    if (items.includes(2)) throw refusal
    return items
  })
  const answers = await Promise.allSettled([1, 2, 3].map(ask))
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('where the database is away all fail at once, and the next batch asks again', async () => {
  let away = true
  const asked: number[] = []
  const ask = inBatches(10, async (items: readonly number[]) => {
    asked.push(items.length)
    if (away) throw new Error('ECONNREFUSED')
    return items
  })
  const answers = await Promise.allSettled([1, 2].map(ask))
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  away = false
  expect(await ask(3)).toBe(3)
  expect(asked).toEqual([2, 1])
})
