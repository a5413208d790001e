import { z } from 'zod'
import type { Conditions } from './platform.ts'

const common = {
  match: z
    .strictObject({
      host: z.string().optional(),
      method: z.string().toUpperCase().optional(),
      /** The path below the host, version included; an asterisk stands for anything. */
      path: z.string().optional(),
      account_id: z.string().optional(),
      /** What the call is about, in the platform's words, e.g. `container`: ids are not known beforehand. */
      node: z.string().optional(),
    })
    .default({}),
  /** How many matching calls meet it; null until disarmed. */
  times: z.int().positive().nullable().default(1),
  /** How many matching calls pass first. */
  skip: z.int().nonnegative().default(0),
}
const accept = z.enum(['before', 'after']).default('before')
const ms = z.int().nonnegative().max(3_600_000)

export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('latency'), ms, accept }),
  z.strictObject({
    ...common,
    kind: z.literal('rate_limit'),
    code: z.int().default(4),
    status: z.int().min(400).max(599).default(400),
    retry_after_s: z.int().nonnegative().optional(),
    regain_minutes: z.int().nonnegative().optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('server_error'),
    accept,
    status: z.int().min(500).max(599).default(500),
    body: z.enum(['json', 'html']).default('json'),
  }),
  z.strictObject({ ...common, kind: z.literal('drop'), accept }),
  z.strictObject({
    ...common,
    kind: z.literal('late_commit'),
    after_ms: ms,
    answer: z.enum(['hang', 'gateway_timeout']).default('hang'),
    hang_ms: ms.default(60_000),
  }),
  z.strictObject({ ...common, kind: z.literal('token'), subcode: z.int().default(463) }),
  z.strictObject({ ...common, kind: z.literal('permission'), code: z.int().default(200) }),
  z.strictObject({
    ...common,
    kind: z.literal('error'),
    accept,
    status: z.int().min(400).max(599).default(400),
    code: z.int(),
    subcode: z.int().optional(),
    message: z.string().optional(),
    is_transient: z.boolean().optional(),
  }),
  /** Only so many bytes of the body arrive, then the connection breaks. */
  z.strictObject({ ...common, kind: z.literal('cut'), bytes: z.int().nonnegative() }),
  z.strictObject({ ...common, kind: z.literal('list_lag'), ms, times: common.times.default(null) }),
  z.strictObject({ ...common, kind: z.literal('permalink_lag'), ms, times: common.times.default(null) }),
  z.strictObject({ ...common, kind: z.literal('without_field'), field: z.string() }),
  /** What this call sends takes so long to process. */
  z.strictObject({ ...common, kind: z.literal('slow_processing'), ms }),
  /** What this call sends is taken, and fails later. */
  z.strictObject({
    ...common,
    kind: z.literal('failed_processing'),
    subcode: z.int().optional(),
    message: z.string().optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('down') }),
])
export type Fault = z.infer<typeof faultSchema>

interface ArmedFault {
  id: string
  fault: Fault
  /** Matching calls still to let pass. */
  toSkip: number
  used: number
}

/** What a fault is matched against. */
export interface CallFacts {
  host: string
  method: string
  path: string
  accountId: string | null
  node: string | null
}

type Modifier = Extract<
  Fault,
  {
    kind: 'latency' | 'list_lag' | 'permalink_lag' | 'without_field' | 'slow_processing' | 'failed_processing'
  }
>
type Passing = Extract<Fault, { kind: 'down' }>
/** A fault that decides the answer. */
export type Verdict = Exclude<Fault, Modifier | Passing>

export interface Taken {
  ids: string[]
  latencyMs: { before: number; after: number }
  conditions: Conditions
  withoutFields: string[]
  verdict: Verdict | null
}

/** The faults armed at the moment, oldest first. Not kept across a restart: a fault belongs to a run. */
export class Faults {
  #armed: ArmedFault[] = []
  #next = 1

  arm(fault: Fault): string {
    const id = `fault-${this.#next++}`
    this.#armed.push({ id, fault, toSkip: fault.skip, used: 0 })
    return id
  }

  list(): Record<string, unknown>[] {
    return this.#armed.map(({ id, fault, toSkip, used }) => ({
      id,
      ...fault,
      used,
      still_to_skip: toSkip,
      remaining: fault.times === null ? null : fault.times - used,
    }))
  }

  /** @returns whether anything was disarmed */
  disarm(id?: string): boolean {
    const before = this.#armed.length
    this.#armed = id === undefined ? [] : this.#armed.filter((armed) => armed.id !== id)
    return this.#armed.length < before
  }

  /** Is the platform down for this call? Asked before a byte of the request is read. */
  takeDown(call: CallFacts): string | null {
    const hit = this.#armed.find((armed) => armed.fault.kind === 'down' && this.#meets(armed, call))
    return hit ? this.#use(hit) : null
  }

  /** Everything this call meets: modifiers add up, the first armed verdict wins and is the only one used. */
  take(call: CallFacts): Taken {
    const taken: Taken = {
      ids: [],
      latencyMs: { before: 0, after: 0 },
      conditions: { listLagMs: 0, permalinkLagMs: 0, processing: null },
      withoutFields: [],
      verdict: null,
    }
    for (const armed of [...this.#armed]) {
      const { fault } = armed
      if (fault.kind === 'down' || (taken.verdict && isVerdict(fault)) || !this.#meets(armed, call)) continue
      taken.ids.push(this.#use(armed))
      if (isVerdict(fault)) taken.verdict = fault
      else modify(taken, fault)
    }
    return taken
  }

  #meets(armed: ArmedFault, call: CallFacts): boolean {
    const { host, method, path, account_id, node } = armed.fault.match
    const isMatch =
      (host === undefined || host === call.host) &&
      (method === undefined || method === call.method) &&
      (path === undefined || glob(path).test(call.path)) &&
      (account_id === undefined || account_id === call.accountId) &&
      (node === undefined || node === call.node) &&
      (!PROCESSING.has(armed.fault.kind) || call.method === 'POST')
    if (!isMatch) return false
    if (armed.toSkip === 0) return true
    armed.toSkip -= 1
    return false
  }

  #use(armed: ArmedFault): string {
    armed.used += 1
    if (armed.fault.times !== null && armed.used >= armed.fault.times) this.disarm(armed.id)
    return armed.id
  }
}

/** Reads start no processing, so they never use one of these up. */
const PROCESSING: ReadonlySet<string> = new Set(['slow_processing', 'failed_processing'])
const MODIFIERS: ReadonlySet<string> = new Set([
  'latency',
  'list_lag',
  'permalink_lag',
  'without_field',
  ...PROCESSING,
])

function isVerdict(fault: Fault): fault is Verdict {
  return fault.kind !== 'down' && !MODIFIERS.has(fault.kind)
}

function modify({ latencyMs, conditions, withoutFields }: Taken, fault: Exclude<Fault, Verdict | Passing>) {
  switch (fault.kind) {
    case 'latency':
      latencyMs[fault.accept] += fault.ms
      break
    case 'list_lag':
      conditions.listLagMs = Math.max(conditions.listLagMs, fault.ms)
      break
    case 'permalink_lag':
      conditions.permalinkLagMs = Math.max(conditions.permalinkLagMs, fault.ms)
      break
    case 'without_field':
      withoutFields.push(fault.field)
      break
    case 'slow_processing':
      conditions.processing = { ...conditions.processing, takesMs: fault.ms }
      break
    case 'failed_processing': {
      const { subcode, message } = fault
      conditions.processing = {
        ...conditions.processing,
        failure: { ...(subcode !== undefined && { subcode }), ...(message !== undefined && { message }) },
      }
    }
  }
}

function glob(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}
