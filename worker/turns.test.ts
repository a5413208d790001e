import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

const LONG = 60_000
const now = () => performance.now()

test('whoever is first in place begins first, whenever they came, and one at a time', async () => {
  const turns = new Turns(LONG)
  const begun: string[] = []
  let inside = 0
  await Promise.all(
    ['c', 'a', 'b'].map(async (place) => {
      const end = await turns.take('account', { dueAt: now(), place })
      begun.push(place)
      expect(++inside).toBe(1)
      await wait(2)
      inside--
      end?.()
    }),
  )
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('nobody begins before their time, and an earlier one that comes later goes before', async () => {
  const turns = new Turns(LONG)
  const began = now()
  const begun: string[] = []
  const take = async (place: string, dueAt: number) => {
    const end = await turns.take('account', { dueAt, place })
    expect(now()).toBeGreaterThanOrEqual(dueAt)
    begun.push(place)
    end?.()
  }
  await Promise.all([take('later', began + 60), wait(5).then(() => take('earlier', began + 30))])
  expect(begun).toEqual(['earlier', 'later'])
})

test('other accounts do not wait', async () => {
  const turns = new Turns(LONG)
  await turns.take('one', { dueAt: now(), place: 'a' })
  expect(await turns.take('other', { dueAt: now(), place: 'b' })).toBeInstanceOf(Function)
})

test('told to stop, whoever waits leaves, and those behind them move up', async () => {
  const turns = new Turns(LONG)
  const stopping = new AbortController()
  const end = await turns.take('account', { dueAt: now(), place: 'a' })
  const left = turns.take('account', { dueAt: now(), place: 'b' }, stopping.signal)
  const stayed = turns.take('account', { dueAt: now(), place: 'c' })
  stopping.abort()
  expect(await left).toBeNull()
  expect(await turns.take('account', { dueAt: now(), place: 'd' }, stopping.signal)).toBeNull()
  end?.()
  expect(await stayed).toBeInstanceOf(Function)
})

test('whoever is gone without a word holds nobody up for longer than a lease', async () => {
  const turns = new Turns(20)
  const late = await turns.take('account', { dueAt: now(), place: 'a' })
  const end = await turns.take('account', { dueAt: now(), place: 'b' })
  // The late word of the first ends nobody's turn but its own.
  late?.()
  let third = false
  void turns.take('account', { dueAt: now(), place: 'c' }).then(() => {
    third = true
  })
  await wait(2)
  expect(third).toBe(false)
  end?.()
  await wait(2)
  expect(third).toBe(true)
})
