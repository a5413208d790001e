import type { Settings } from '../settings.ts'
import { GraphError } from './errors.ts'
import type { Tally } from './tally.ts'

const MINUTE_MS = 60_000

/** Calls in a rolling window, counted by the minute, in real time. */
class RollingCount {
  readonly #minutes = new Map<number, number>()
  readonly #windowMinutes: number

  constructor(windowMinutes: number) {
    this.#windowMinutes = windowMinutes
  }

  add(): number {
    const minute = Math.floor(Date.now() / MINUTE_MS)
    for (const old of this.#minutes.keys()) if (old <= minute - this.#windowMinutes) this.#minutes.delete(old)
    this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + 1)
    return [...this.#minutes.values()].reduce((sum, count) => sum + count, 0)
  }

  /** Minutes until the oldest calls leave the window. */
  minutesToRegain(): number {
    const oldest = this.#minutes.keys().next().value ?? 0
    return Math.max(1, oldest + this.#windowMinutes - Math.floor(Date.now() / MINUTE_MS))
  }
}

/** Whose allowance a call takes from. */
export type Bucket = { type: 'app' } | { type: 'pages' | 'instagram'; id: string }

const REFUSED_WITH = { pages: 80001, instagram: 80002 } as const
const HOUR_MINUTES = 60
const DAY_MINUTES = 24 * 60

/**
 * Counts calls as the platform does: the app's by the hour for user tokens, each Page's and each Instagram
 * account's by the day (Meta multiplies by users; here the allowance is a setting), and says so in its headers.
 */
export class Usage {
  readonly #settings: Settings
  readonly #tally: Tally
  #app = new RollingCount(HOUR_MINUTES)
  readonly #accounts = new Map<string, RollingCount>()

  constructor(settings: Settings, tally: Tally) {
    this.#settings = settings
    this.#tally = tally
  }

  /** @returns the headers of the answer @throws GraphError once an allowance is used up */
  count(buckets: readonly Bucket[]): Record<string, string> {
    const headers: Record<string, string> = {}
    for (const bucket of buckets) {
      const holder = bucket.type === 'app' ? 'app' : bucket.id
      this.#tally.note(holder, 'calls')
      try {
        Object.assign(headers, bucket.type === 'app' ? this.#countApp() : this.#countAccount(bucket))
      } catch (error) {
        this.#tally.note(holder, 'refused')
        throw error
      }
    }
    return headers
  }

  reset(): void {
    this.#app = new RollingCount(HOUR_MINUTES)
    this.#accounts.clear()
  }

  #countApp(): Record<string, string> {
    const used = percent(this.#app.add(), this.#settings.values.app_calls_per_hour)
    if (used > 100) throw tooManyCalls(4, null)
    return appUsageHeader(used)
  }

  #countAccount({ type, id }: Exclude<Bucket, { type: 'app' }>): Record<string, string> {
    const { page_calls_per_day, instagram_calls_per_day } = this.#settings.values
    const calls = this.#accounts.get(id) ?? new RollingCount(DAY_MINUTES)
    this.#accounts.set(id, calls)
    const used = percent(calls.add(), type === 'pages' ? page_calls_per_day : instagram_calls_per_day)
    if (used > 100) throw tooManyCalls(REFUSED_WITH[type], { type, id }, calls.minutesToRegain())
    return accountUsageHeader({ type, id }, used, 0)
  }
}

const MESSAGES: Readonly<Record<number, string>> = {
  4: 'Application request limit reached',
  17: 'User request limit reached',
  32: 'Page request limit reached',
  613: 'Calls to this api have exceeded the rate limit.',
  80001: 'There have been too many calls to this Page account. Wait a bit and try again.',
  80002: 'There have been too many calls to this Instagram account. Wait a bit and try again.',
}

/** A refusal for use, with the header that says whose allowance it was. */
export function tooManyCalls(
  code: number,
  account: Exclude<Bucket, { type: 'app' }> | null,
  regainMinutes = 5,
  more: { status?: number; headers?: Record<string, string> } = {},
): GraphError {
  return new GraphError(`(#${code}) ${MESSAGES[code] ?? 'Too many calls'}`, {
    code,
    isTransient: true,
    ...more,
    headers: {
      ...(account === null ? appUsageHeader(100) : accountUsageHeader(account, 100, regainMinutes)),
      ...more.headers,
    },
  })
}

function percent(count: number, allowance: number): number {
  return Math.ceil((count / allowance) * 100)
}

function appUsageHeader(used: number): Record<string, string> {
  return { 'x-app-usage': JSON.stringify({ call_count: used, total_cputime: 1, total_time: 1 }) }
}

function accountUsageHeader(
  { type, id }: Exclude<Bucket, { type: 'app' }>,
  used: number,
  regainMinutes: number,
): Record<string, string> {
  const entry = {
    type,
    call_count: used,
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: regainMinutes, // minutes
  }
  return { 'x-business-use-case-usage': JSON.stringify({ [id]: [entry] }) }
}
