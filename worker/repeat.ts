import type { Log } from './log.ts'

export type Repeated = {
  /** Runs at once, and then in its rhythm again. */
  now(): void
  /** Resolves once the run under way is over. */
  stop(): Promise<void>
}

/** One run after the other, for ever; a database that is away is waited for, and said once. */
export function repeat(name: string, everyMs: number, log: Log, act: () => Promise<void>): Repeated {
  let stopped = false
  let failing = false
  let timer: NodeJS.Timeout
  let running = Promise.resolve()

  async function once() {
    try {
      await act()
      if (failing) log.info(`${name} works again`)
      failing = false
    } catch (error) {
      if (!failing) log.warn({ err: error }, `${name} failed; trying on`)
      failing = true
    }
  }
  function run() {
    clearTimeout(timer)
    running = running.then(once).then(() => {
      clearTimeout(timer)
      if (!stopped) timer = setTimeout(run, everyMs)
    })
  }
  timer = setTimeout(run, everyMs)

  return {
    now: run,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
