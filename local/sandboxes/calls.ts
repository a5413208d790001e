import type { PlatformError } from './platform.ts'

/** Names of parameters and headers whose values never reach the record. */
const SECRET_NAMES = new Set([
  'access_token',
  'appsecret_proof',
  'client_secret',
  'code',
  'code_verifier',
  'fb_exchange_token',
  'input_token',
  'refresh_token',
])
const HIDDEN = '•••'

export type CallOutcome =
  | 'pending' // received, not answered yet
  | 'answered'
  | 'dropped' // the socket was destroyed without an answer
  | 'late' // the commit happens, or happened, without the client
  | 'abandoned' // the client went away while sending

export interface RecordedCall {
  id: number
  /** Real time, whatever the platform's clock says. */
  at: string
  host: string
  method: string
  path: string
  query: Record<string, string>
  body: Record<string, unknown>
  account_id: string | null
  status: number | null
  /** Did the platform carry the call out (not: did the client learn of it)? */
  accepted: boolean
  outcome: CallOutcome
  faults: string[]
  duration_ms: number | null
  error: PlatformError | null
}

export interface CallFilter {
  host?: string | undefined
  method?: string | undefined
  path?: string | undefined
  account_id?: string | undefined
  after?: number | undefined
  limit: number
}

const KEPT = 20_000

/** The last calls, without secrets. In memory: they describe one run. */
export class Calls {
  #calls: RecordedCall[] = []
  #next = 1

  open(call: Pick<RecordedCall, 'host' | 'method' | 'path'>): RecordedCall {
    const recorded: RecordedCall = {
      id: this.#next++,
      at: new Date().toISOString(),
      ...call,
      query: {},
      body: {},
      account_id: null,
      status: null,
      accepted: false,
      outcome: 'pending',
      faults: [],
      duration_ms: null,
      error: null,
    }
    this.#calls.push(recorded)
    if (this.#calls.length > KEPT) this.#calls = this.#calls.slice(-KEPT / 2)
    return recorded
  }

  list({ limit, after = 0, ...filter }: CallFilter): RecordedCall[] {
    return this.#calls
      .filter(
        (call) =>
          call.id > after &&
          (filter.host === undefined || call.host === filter.host) &&
          (filter.method === undefined || call.method === filter.method) &&
          (filter.path === undefined || call.path.includes(filter.path)) &&
          (filter.account_id === undefined || call.account_id === filter.account_id),
      )
      .slice(-limit)
  }

  forget(): void {
    this.#calls = []
  }
}

export function withoutSecrets(values: Iterable<[string, unknown]>): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const [name, value] of values)
    shown[name] = SECRET_NAMES.has(name) ? HIDDEN : withoutInnerSecrets(value)
  return shown
}

/** A signed picture address is a secret too: `…?token=…`. */
function withoutInnerSecrets(value: unknown): unknown {
  return typeof value === 'string'
    ? value.replace(/([?&](?:token|signature|code|access_token)=)[^&\s"]+/g, `$1${HIDDEN}`)
    : value
}
