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
  met = { dies: 0, faints: 0 }

  /** The job's workers meet it at these places, counted over the job's whole life. */
  set(jobId: string, places: readonly number[], fate: Fate): void {
    this.#fates.set(jobId, { places, fate })
  }

  /** How many places the job's workers have passed so far. */
  passed(jobId: string): number {
    return this.#passed.get(jobId) ?? 0
  }

  async pass(): Promise<void> {
    const fate = this.next()
    const jobId = this.#current.getStore()?.jobId
    if (jobId) this.#passed.set(jobId, (this.#passed.get(jobId) ?? 0) + 1)
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
    return jobId && planned?.places.includes((this.#passed.get(jobId) ?? 0) + 1) ? planned.fate : null
  }

  async during(jobId: string, act: () => Promise<void>): Promise<void> {
    const { promise: death, resolve: die } = Promise.withResolvers<void>()
    await Promise.race([this.#current.run({ jobId, die }, act), death])
  }
}

export function mortalTasks(
  plan: KillPlan,
  ports: Ports,
  environment: WorkerEnvironment,
  { name, skewMs = 0 }: { name: string; skewMs?: number },
): Tasks {
  const { jobs, secrets } = ports.records
  const clock = { now: () => new Date(Date.now() + skewMs) }
  const afterwards =
    <Given extends unknown[], Result>(act: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      const result = await act(...given)
      await plan.pass()
      return result
    }

  const real = createPlatformHttp({ gateway: environment.PLATFORM_GATEWAY })
  const http: PlatformHttp = {
    async send(request) {
      const answer = real.send(request)
      if (plan.next()) await Promise.race([answer, wait(UNDER_WAY_MS)])
      await plan.pass()
      const outcome = await answer
      await plan.pass()
      return outcome
    },
  }
  const mortal: Ports = {
    ...ports,
    clock,
    connectors: createConnectors({
      apps: { meta: { id: environment.META_APP_ID, secret: environment.META_APP_SECRET } },
      http,
      clock,
    }),
    storage: { ...ports.storage, download: afterwards(ports.storage.download) },
    records: {
      ...ports.records,
      secrets: {
        tokens: afterwards(secrets.tokens),
        accessToken: afterwards(secrets.accessToken),
      },
      jobs: {
        preview: afterwards(jobs.preview),
        begin: afterwards(jobs.begin),
        handBack: afterwards(jobs.handBack),
        claim: afterwards(jobs.claim),
        recordIntent: afterwards(jobs.recordIntent),
        recordResult: afterwards(jobs.recordResult),
        recordLook: afterwards(jobs.recordLook),
      },
    },
  }
  const tasks = createTasks(mortal, name)
  return {
    ...tasks,
    publish_post: (payload) => {
      const { job_id } = payload as { job_id: string } // what private.wake_job enqueues
      return plan.during(job_id, () => tasks.publish_post(payload))
    },
  }
}
