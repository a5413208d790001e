import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { lastLines, type Service, type StopSignal } from './service.ts'

const firstBackoffMs = 250
const longestBackoffMs = 10_000
/** A part that ran this long had recovered: the next fall starts with a short wait again. */
const steadyMs = 30_000
const readyWithinMs = 120_000
/** The worker finishes what it began to publish. */
const stopPatienceMs = 30_000

export type Part = { name: string; child: ChildProcess; stopSignal: StopSignal }

/** Starts parts, starts again what dies, and stops them in reverse order. */
export class Supervisor {
  readonly #say: (line: string) => void
  readonly #onChange: (parts: Part[]) => void
  #parts: Part[] = []
  #stopping: Promise<void> | undefined

  constructor(say: (line: string) => void, onChange: (parts: Part[]) => void) {
    this.#say = say
    this.#onChange = onChange
  }

  /** Resolves once the part is ready; from then on it is kept running. */
  async start(service: Service): Promise<void> {
    const child = await this.#bringUp(service)
    this.#keepRunning(service, child)
  }

  /** Runs something that ends by itself, and resolves when it did well. */
  async run(name: string, child: ChildProcess, logFile: string): Promise<void> {
    this.#add({ name, child, stopSignal: 'SIGTERM' })
    const [code] = await once(child, 'exit')
    this.#remove(child)
    if (code !== 0) throw new Error(`${name} failed:\n${lastLines(logFile)}\nAll of it: ${logFile}`)
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll()
    return this.#stopping
  }

  get isStopping(): boolean {
    return this.#stopping !== undefined
  }

  async #stopAll(): Promise<void> {
    for (const part of this.#parts.toReversed()) await end(part)
  }

  async #bringUp(service: Service): Promise<ChildProcess> {
    const child = await service.start()
    const part = { name: service.name, child, stopSignal: service.stopSignal ?? 'SIGTERM' }
    this.#add(part)
    if (this.isStopping) await end(part)
    const deadline = Date.now() + readyWithinMs
    while (isRunning(child)) {
      if (await service.isReady()) return child
      if (Date.now() > deadline) await end(part)
      await wait(30)
    }
    this.#remove(child)
    throw new Error(
      `${service.name} did not come up:\n${lastLines(service.logFile)}\nAll of it: ${service.logFile}`,
    )
  }

  async #keepRunning(service: Service, first: ChildProcess): Promise<void> {
    let child = first
    let backoffMs = firstBackoffMs
    for (;;) {
      const since = Date.now()
      if (isRunning(child)) await once(child, 'exit')
      this.#remove(child)
      if (this.isStopping) return
      if (Date.now() - since > steadyMs) backoffMs = firstBackoffMs
      this.#say(`${service.name} stopped (${howItEnded(child)}). Starting it again.`)
      for (;;) {
        await wait(backoffMs)
        if (this.isStopping) return
        backoffMs = Math.min(backoffMs * 2, longestBackoffMs)
        try {
          child = await this.#bringUp(service)
          break
        } catch (error) {
          if (this.isStopping) return
          this.#say(error instanceof Error ? error.message : String(error))
        }
      }
      this.#say(`${service.name} is back.`)
    }
  }

  #add(part: Part): void {
    this.#parts.push(part)
    this.#onChange(this.#parts)
  }

  #remove(child: ChildProcess): void {
    this.#parts = this.#parts.filter((part) => part.child !== child)
    this.#onChange(this.#parts)
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

function howItEnded(child: ChildProcess): string {
  return child.signalCode ?? `exit code ${child.exitCode}`
}

async function end({ child, stopSignal }: Part): Promise<void> {
  if (!isRunning(child)) return
  const gone = once(child, 'exit')
  child.kill(stopSignal)
  const insist = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs)
  await gone
  clearTimeout(insist)
}
