import type { Temporal } from 'temporal-polyfill'
import type { Sql } from '#worker/records/sql.ts'
import type { SandboxControl } from './sandbox.ts'

/**
 * The story's time: set by the seeder, then running as real time does, so that what one happening causes is
 * recorded in its order. The database follows through `copydesk.now`, which it obeys on connections of
 * role postgres alone; the platform sandbox follows through its control plane.
 */
export class StoryClock {
  readonly #sql: Sql
  readonly #sandbox: SandboxControl
  #startMs = 0
  #startedAt = performance.now()

  constructor(sql: Sql, sandbox: SandboxControl) {
    this.#sql = sql
    this.#sandbox = sandbox
  }

  now(): Date {
    return new Date(this.#startMs + performance.now() - this.#startedAt)
  }

  /** Never backwards: what was recorded stays before what comes. */
  async moveTo(instant: Temporal.Instant): Promise<void> {
    this.#startMs = Math.max(instant.epochMilliseconds, this.now().getTime())
    this.#startedAt = performance.now()
    await this.tellDatabase()
  }

  async tellDatabase(): Promise<void> {
    await this.#sql`select set_config('copydesk.now', ${this.now().toISOString()}, false)`
  }

  async tellSandbox(): Promise<void> {
    await this.#sandbox.setClock(this.now())
  }
}
