import { setImmediate as nextTurn } from 'node:timers/promises'
import postgres from 'postgres'

type Waiting<Item, Answer> = { item: Item; resolve(answer: Answer): void; reject(reason: unknown): void }

/**
 * Turns questions of one into questions of many: whatever is asked while others are being answered goes with the
 * next ones, so that a busy worker asks seldom and an idle one at once. What the database refuses of many is asked
 * one by one, so that none fails for another's sake.
 */
export function inBatches<Item, Answer>(
  most: number,
  /** In the order of the items. */
  ask: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  const waiting: Waiting<Item, Answer>[] = []
  let isAsking = false

  async function askAll(): Promise<void> {
    isAsking = true
    await nextTurn()
    while (waiting.length > 0) await answer(waiting.splice(0, most))
    isAsking = false
  }

  async function answer(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await ask(batch.map(({ item }) => item))
      for (const [n, { resolve, reject }] of batch.entries()) {
        const own = answers[n]
        if (own === undefined) reject(new Error('A question was left unanswered.'))
        else resolve(own)
      }
    } catch (error) {
      if (batch.length > 1 && error instanceof postgres.PostgresError) {
        for (const one of batch) await answer([one])
      } else {
        for (const { reject } of batch) reject(error)
      }
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isAsking) void askAll()
    })
}
