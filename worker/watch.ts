import { hostname } from 'node:os'
import type { Log } from './log.ts'
import type { Workers } from './records/workers.ts'
import { repeat } from './repeat.ts'

const BEAT_MS = 2_000

export type Watch = {
  /** From now on this worker beats under this id: each runner has its own. */
  beatAs(workerId: string): void
  stop(): Promise<void>
}

/** Says that this worker lives, frees what dead ones held, and wakes what should move and does not. */
export function startWatch(workers: Workers, { sweepMs, log }: { sweepMs: number; log: Log }): Watch {
  let workerId: string | null = null
  const facts = { host: hostname(), pid: process.pid }

  const beating = repeat('heartbeat', BEAT_MS, log, async () => {
    if (workerId) await workers.beat(workerId, facts)
  })
  const sweeping = repeat('sweep', sweepMs, log, async () => {
    const silent = await workers.freeJobsOfTheSilent()
    if (silent.length > 0) log.warn({ workers: silent }, 'freed the jobs of silent workers')
    const woken = await workers.sweep()
    if (woken > 0) log.warn({ woken }, 'woke jobs that were past their time')
  })

  return {
    beatAs(id) {
      workerId = id
      beating.now()
    },
    async stop() {
      await Promise.all([beating.stop(), sweeping.stop()])
      if (workerId) {
        await workers.leave(workerId).catch((error) => log.warn({ err: error }, 'left without saying so'))
      }
    },
  }
}
