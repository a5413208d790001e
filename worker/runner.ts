import { EventEmitter, once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { Logger, type Runner, run, type Task, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Log } from './log.ts'
import { Permits } from './permits.ts'
import type { Tasks } from './tasks/tasks.ts'

/** A post is taken up before its minute and waits; what asks the database together needs few connections. */
const CONCURRENT_JOBS = 1_000
const CONNECTIONS = 4
/** Mails and media do not wait: each of them is work. */
const OTHER_JOBS = 16
const RESTART_MS = 1_000

export type QueueRunner = {
  /** Takes no more jobs and waits for those under way. */
  stop(): Promise<void>
}

export const queueOptions = {
  concurrency: CONCURRENT_JOBS,
  maxPoolSize: CONNECTIONS,
  pollInterval: 1_000,
  preset: {
    worker: {
      localQueue: { size: CONCURRENT_JOBS },
      // What a batch cannot file ends the runner, and another one replaces it. Filed one by one, the end of a job is
      // awaited by nobody: a Postgres that is away would end the process, by a rejection that nobody handles.
      completeJobBatchDelay: 0,
      failJobBatchDelay: 0,
    },
  },
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
    const failing = new AbortController()
    const failed = once(events, 'pool:fatalError').then(() => failing.abort())
    const { taskList, idle } = counted(tasks, AbortSignal.any([stopping.signal, failing.signal]))
    runner = await run({
      connectionString: databaseUrl,
      ...queueOptions,
      noHandleSignals: true,
      taskList,
      parsedCronItems: [],
      logger: queueLogger(log),
      events,
    })
    if (stopping.signal.aborted) await runner.stop()
    // After a second batch that failed, graphile-worker never says that it has ended (0.18: it counts its
    // batches wrongly). It takes no more jobs, so that the end of those under way is its own.
    await Promise.race([runner.promise, failed.then(idle)])
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

/** The tasks, and when none of them is under way. Those that wait for a post's minute learn that they are to end. */
function counted({ publish_post, ...others }: Tasks, stopping: AbortSignal) {
  const underWay = new Set<Promise<void>>()
  const counting =
    (act: (payload: unknown) => Promise<void>): Task =>
    async (payload) => {
      const running = act(payload)
      underWay.add(running)
      await running.finally(() => underWay.delete(running))
    }
  const permits = new Permits(OTHER_JOBS)
  const taskList: TaskList = { publish_post: counting((payload) => publish_post(payload, stopping)) }
  for (const [name, act] of Object.entries(others)) {
    taskList[name] = counting((payload) => permits.during(() => act(payload)))
  }
  return { taskList, idle: () => Promise.allSettled(underWay) }
}

/** graphile-worker's own lines: each finished job is a detail, each failed one is not. */
function queueLogger(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const
  return new Logger((scope) => (level, message) => {
    // So few connections are meant: jobs are taken and filed many at a time.
    const isMeant = message.includes('smaller than concurrency')
    log[isMeant ? 'debug' : levels[level]]({ queue: scope }, message)
  })
}
