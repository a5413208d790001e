import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { Logger, type Runner, run, type WorkerEvents } from 'graphile-worker'
import type { Log } from './log.ts'
import type { Tasks } from './tasks/tasks.ts'

/** Most of a job is waiting for the network; what the database does is short. */
const CONCURRENT_JOBS = 16
const RESTART_MS = 1_000

export type QueueRunner = {
  /** Takes no more jobs and waits for those under way. */
  stop(): Promise<void>
}

/**
 * Runs the queue until it is stopped. A runner that ends by itself lost its database in the middle of
 * something; another takes its place, under another id, so that the watch frees what the first one held.
 */
export function startQueueRunner({
  databaseUrl,
  tasks,
  log,
  onWorkerId,
}: {
  databaseUrl: string
  tasks: Tasks
  log: Log
  /** The name under which a runner locks jobs. */
  onWorkerId: (workerId: string) => void
}): QueueRunner {
  const stopping = new AbortController()
  let runner: Runner | null = null

  async function runOnce() {
    const events: WorkerEvents = new EventEmitter()
    events.on('pool:create', ({ workerPool }) => onWorkerId(workerPool.id))
    runner = await run({
      connectionString: databaseUrl,
      concurrency: CONCURRENT_JOBS,
      maxPoolSize: CONCURRENT_JOBS,
      pollInterval: 1_000,
      noHandleSignals: true,
      taskList: { ...tasks },
      parsedCronItems: [],
      logger: queueLogger(log),
      events,
    })
    if (stopping.signal.aborted) await runner.stop()
    await runner.promise
  }

  async function runUntilStopped() {
    while (!stopping.signal.aborted) {
      try {
        await runOnce()
      } catch (error) {
        log.error({ err: error }, 'the queue runner failed')
      }
      runner = null
      if (stopping.signal.aborted) return
      log.warn('the queue runner ended by itself; starting another')
      await wait(RESTART_MS, null, { signal: stopping.signal }).catch(() => null)
    }
  }
  const ended = runUntilStopped()

  return {
    async stop() {
      stopping.abort()
      await runner?.stop().catch((error) => log.warn({ err: error }, 'the queue runner was ending already'))
      await ended
    },
  }
}

/** graphile-worker's own lines: each finished job is a detail, each failed one is not. */
function queueLogger(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const
  return new Logger((scope) => (level, message) => {
    log[levels[level]]({ queue: scope }, message)
  })
}
