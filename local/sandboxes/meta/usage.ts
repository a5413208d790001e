import type { Settings } from '../settings.ts'
import { GraphError } from './errors.ts'
import type { Session } from './tokens.ts'

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

/**
 * Counts calls as the platform does: the app's by the hour for user tokens, each Page's by the day for Page
 * tokens (Meta multiplies by users; here the allowance is a setting), and says so in its two headers.
 */
export class Usage {
  readonly #settings: Settings
  #app = new RollingCount(60)
  readonly #pages = new Map<string, RollingCount>()

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /** @returns the headers of the answer @throws GraphError once an allowance is used up */
  count({ token }: Session): Record<string, string> {
    const { app_calls_per_hour, page_calls_per_day } = this.#settings.values
    if (token.page_id === null) {
      const used = percent(this.#app.add(), app_calls_per_hour)
      if (used > 100) throw tooManyCalls(4, null)
      return appUsageHeader(used)
    }
    const calls = this.#pages.get(token.page_id) ?? new RollingCount(24 * 60)
    this.#pages.set(token.page_id, calls)
    const used = percent(calls.add(), page_calls_per_day)
    if (used > 100) throw tooManyCalls(80001, token.page_id, calls.minutesToRegain())
    return pageUsageHeader(token.page_id, used, 0)
  }

  reset(): void {
    this.#app = new RollingCount(60)
    this.#pages.clear()
  }
}

const MESSAGES: Readonly<Record<number, string>> = {
  4: 'Application request limit reached',
  17: 'User request limit reached',
  32: 'Page request limit reached',
  613: 'Calls to this api have exceeded the rate limit.',
  80001: 'There have been too many calls to this Page account. Wait a bit and try again.',
}

/** A refusal for use, with the header that says whose allowance it was. */
export function tooManyCalls(
  code: number,
  pageId: string | null,
  regainMinutes = 5,
  more: { status?: number; headers?: Record<string, string> } = {},
): GraphError {
  return new GraphError(`(#${code}) ${MESSAGES[code] ?? 'Too many calls'}`, {
    code,
    isTransient: true,
    ...more,
    headers: {
      ...(pageId === null ? appUsageHeader(100) : pageUsageHeader(pageId, 100, regainMinutes)),
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

function pageUsageHeader(pageId: string, used: number, regainMinutes: number): Record<string, string> {
  const entry = {
    type: 'pages',
    call_count: used,
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: regainMinutes, // minutes
  }
  return { 'x-business-use-case-usage': JSON.stringify({ [pageId]: [entry] }) }
}
