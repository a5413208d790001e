import { hostname } from 'node:os'
import type { Log } from './log.ts'
import type { Workers } from './records/workers.ts'
import { repeat } from './repeat.ts'

const BEAT_MS = 2_000

export type Watch = {
  /** From now on this worker beats under this id: each runner has its own, and the one before has ended. */
  beatAs(workerId: string): void
  /** How long ago the database last took a beat; null: never yet. */
  beatAgeMs(): number | null
  stop(): Promise<void>
}

/** Says that this worker lives, frees what dead ones held, and wakes what should move and does not. */
export function startWatch(
  workers: Workers,
  { sweepMs, keyIds, log }: { sweepMs: number; keyIds: readonly string[]; log: Log },
): Watch {
  let workerId: string | null = null
  const ended = new Set<string>()
  let beatAt: number | null = null
  const facts = { host: hostname(), pid: process.pid, keys: keyIds }

  const beating = repeat('heartbeat', BEAT_MS, log, async () => {
    if (!workerId) return
    await workers.beat(workerId, facts)
    beatAt = performance.now()
    for (const id of ended) {
      await workers.leave(id)
      ended.delete(id)
    }
  })
  const sweeping = repeat('sweep', sweepMs, log, async () => {
    const silent = await workers.freeJobsOfTheSilent()
    if (silent.length > 0) log.warn({ workers: silent }, 'freed the jobs of silent workers')
    const woken = await workers.sweep()
    if (woken > 0) log.warn({ woken }, 'woke jobs that were past their time')
  })

  return {
    beatAs(id) {
      if (workerId) ended.add(workerId)
      workerId = id
      beating.now()
    },
    beatAgeMs: () => (beatAt === null ? null : performance.now() - beatAt),
    async stop() {
      await Promise.all([beating.stop(), sweeping.stop()])
      if (workerId) {
        await workers.leave(workerId).catch((error) => log.warn({ err: error }, 'left without saying so'))
      }
    },
  }
}
