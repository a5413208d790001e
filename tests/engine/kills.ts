import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { createPlatformHttp, type PlatformHttp } from '#lib/platforms/http.ts'
import { createConnectors } from '#lib/platforms/registry.ts'
import type { WorkerEnvironment } from '#worker/environment.ts'
import type { Ports } from '#worker/ports.ts'
import { createTasks, type Tasks } from '#worker/tasks/tasks.ts'

/** Gone for ever, as with SIGKILL; or frozen past every lease, and then going on as if nothing had been. */
export type Fate = 'dies' | 'faints'

const FAINT_MS = 6_500
/** How long a request that is let go takes to be under way. */
const UNDER_WAY_MS = 25

/**
 * Workers that meet their fate on a plan. Every awaited port of a publish job is wrapped, so that "after the
 * n-th thing it awaited" is a place; a call to the platform has two: while it is under way, and once it was
 * answered. What was committed stays, what was not is lost.
 */
export class KillPlan {
  readonly #fates = new Map<string, { places: readonly number[]; fate: Fate }>()
  readonly #passed = new Map<string, number>()
  readonly #current = new AsyncLocalStorage<{ jobId: string; die(): void }>()
  readonly met = { dies: 0, faints: 0 }
  /** What was passed, by name: so that no port is left out unseen. */
  readonly ports = new Map<string, number>()

  /** The job's workers meet it at these places, counted over the job's whole life. */
  set(jobId: string, places: readonly number[], fate: Fate): void {
    this.#fates.set(jobId, { places, fate })
  }

  /** How many places the job's workers have passed so far. */
  passed(jobId: string): number {
    return this.#passed.get(jobId) ?? 0
  }

  async pass(port: string): Promise<void> {
    const fate = this.next()
    const jobId = this.#current.getStore()?.jobId
    if (!jobId) return
    this.#passed.set(jobId, this.passed(jobId) + 1)
    this.ports.set(port, (this.ports.get(port) ?? 0) + 1)
    if (!fate) return
    this.met[fate]++
    if (fate === 'faints') return wait(FAINT_MS)
    this.#current.getStore()?.die()
    // Whoever is gone goes on with nothing, and catches nothing.
    await new Promise(() => {})
  }

  /** What waits at the next place. */
  next(): Fate | null {
    const jobId = this.#current.getStore()?.jobId
    const planned = jobId === undefined ? undefined : this.#fates.get(jobId)
    return jobId && planned?.places.includes(this.passed(jobId) + 1) ? planned.fate : null
  }

  /** @returns whether its worker lived to the end */
  async during(jobId: string, act: () => Promise<void>): Promise<boolean> {
    const { promise: death, resolve: die } = Promise.withResolvers<boolean>()
    const lived = this.#current.run({ jobId, die: () => die(false) }, act).then(() => true)
    return Promise.race([lived, death])
  }
}

export function mortalTasks(
  plan: KillPlan,
  ports: Ports,
  environment: WorkerEnvironment,
  { name, skewMs = 0 }: { name: string; skewMs?: number },
): Tasks {
  const clock = { now: () => new Date(Date.now() + skewMs) }
  const { records } = ports
  const mortal: Ports = {
    ...ports,
    clock,
    connectors: createConnectors({
      apps: { meta: { id: environment.META_APP_ID, secret: environment.META_APP_SECRET } },
      http: mortalHttp(plan, createPlatformHttp({ gateway: environment.PLATFORM_GATEWAY })),
      clock,
    }),
    storage: passing(plan, 'storage', ports.storage),
    records: {
      ...records,
      secrets: passing(plan, 'secrets', records.secrets),
      upkeep: passing(plan, 'upkeep', records.upkeep),
      jobs: passing(plan, 'jobs', records.jobs),
    },
  }
  const born = () => createTasks(mortal, name)
  let tasks = born()
  return {
    ...tasks,
    async publish_post(payload) {
      const { job_id } = payload as { job_id: string } // what private.wake_job enqueues
      // Whatever a dead process held in memory is gone with it.
      if (!(await plan.during(job_id, () => tasks.publish_post(payload)))) tasks = born()
    },
  }
}

function mortalHttp(plan: KillPlan, real: PlatformHttp): PlatformHttp {
  return {
    async send(request) {
      const answer = real.send(request)
      if (plan.next()) await Promise.race([answer, wait(UNDER_WAY_MS)])
      await plan.pass('call under way')
      const outcome = await answer
      await plan.pass('call answered')
      return outcome
    },
  }
}

/** Each of its functions is a place when it has answered. */
function passing<Port extends object>(plan: KillPlan, of: string, port: Port): Port {
  return new Proxy(port, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver)
      if (typeof value !== 'function') return value
      return async (...given: unknown[]) => {
        const result: unknown = await Reflect.apply(value, target, given)
        await plan.pass(`${of}.${String(key)}`)
        return result
      }
    },
  })
}
