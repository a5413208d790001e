import type { Hono } from 'hono'
import type { Clock } from './clock.ts'
import type { Markup } from './page.ts'
import type { Settings } from './settings.ts'
import type { Store } from './store.ts'

/** What every platform gets to build its sandbox on. */
export interface Ground {
  store: Store
  clock: Clock
  settings: Settings
}

/** A call as it came off the wire, read once for routing, faults and the record. */
export interface IncomingCall {
  host: string
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  /** Text fields of a form, multipart or JSON body; files are not among them. */
  fields: Readonly<Record<string, string>>
}

/** What faults change about an answer that is otherwise real. */
export interface Conditions {
  /** Listings leave out what was committed less than this long ago. */
  listLagMs: number
  /** Reads leave out the public address of what was committed less than this long ago. */
  permalinkLagMs: number
  /** How what this call sends will fare, if not as the settings say. */
  processing: { takesMs?: number; failure?: { subcode?: number; message?: string } } | null
}

/** What a call is about, for faults and records that name it. */
export interface Subject {
  accountId: string | null
  /** The kind of object in the path, e.g. `container`. */
  node: string | null
}

export interface PlatformError {
  code: number | string
  subcode: number | null
}

/** A refusal asked for by a fault; each platform says it in its own words and form. */
export type Refusal =
  | { kind: 'rate_limit'; status: number; code: number; retryAfterS?: number; regainMinutes?: number }
  | { kind: 'token'; subcode: number }
  | { kind: 'permission'; code: number }
  | { kind: 'server_error'; status: number }
  | { kind: 'error'; status: number; code: number; subcode?: number; message?: string; isTransient?: boolean }

/** One platform behind the gateway, under its real hosts. */
export interface Platform {
  readonly name: string
  readonly hosts: readonly string[]
  answer(request: Request, conditions: Conditions): Promise<Response>
  subjectOf(call: IncomingCall): Subject
  refuse(refusal: Refusal, accountId: string | null): Response
  errorOf(body: unknown): PlatformError | null
  /** Its own part of the control plane: its people, posts and tokens. */
  readonly control: Hono
  /** Its part of the sandbox's front page. */
  home(): Markup
  /** How many posts were ever committed. */
  countPosts(): number
  /** Ends what would still happen by itself. */
  close(): void
  /** Back to the fictional world of a first start. */
  reset(): void
}
