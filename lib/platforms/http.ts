import { parseLossless } from './json.ts'
import { scrub } from './scrub.ts'

/**
 * The one way to a platform. It follows no redirect and repeats nothing: a mutation sent twice is a post
 * published twice, and only the job record knows whether a second try is safe.
 */
export type PlatformHttp = { send(request: PlatformRequest): Promise<HttpOutcome> }

export type PlatformRequest = {
  method: 'GET' | 'POST' | 'DELETE'
  /** The platform's real address; the gateway is applied here and nowhere else. */
  url: string
  query?: Readonly<Record<string, string>>
  /** Goes into the Authorization header: a token never stands in an address. */
  authorization?: { scheme: 'Bearer' | 'OAuth'; token: string }
  headers?: Readonly<Record<string, string>>
  form?: Readonly<Record<string, string>>
  file?: { field: string; name: string; mimeType: string; bytes: Uint8Array<ArrayBuffer> }
  /** The whole body, where it is neither form nor file. */
  raw?: { mimeType: string; bytes: Uint8Array<ArrayBuffer> }
  /** Values that no answer, error or log may repeat; the authorization's token always is one. */
  secrets?: readonly string[]
  timeoutMs: number
}

export type HttpOutcome =
  /** They answered for good: 2xx, 3xx or 4xx but 429. */
  | { kind: 'answered'; status: number; headers: Headers; body: unknown }
  /** Provably not processed: no connection was made, or 429. */
  | { kind: 'unsent'; code: UnsentCode; message: string; retryAfterMs?: number }
  /** It may have been processed: no answer, half an answer, or 5xx. */
  | { kind: 'unknown'; code: UnknownCode; message: string; body: unknown }

export type UnsentCode = 'platform_not_found' | 'platform_unreachable' | 'platform_busy'
export type UnknownCode = 'platform_timeout' | 'platform_connection_lost' | 'platform_server_error'

export type HttpEvent = {
  method: string
  host: string
  path: string
  outcome: HttpOutcome['kind']
  status: number | null
  latencyMs: number
}

/**
 * Where a platform's address is to be opened: itself, or below the gateway where one is set. For links
 * and redirects in the browser as well as for calls.
 */
export function throughGateway(url: string, gateway = process.env.PLATFORM_GATEWAY): string {
  if (!gateway) return url
  const target = new URL(url)
  if (target.protocol !== 'https:') return url
  return `${gateway.replace(/\/+$/, '')}/${target.host}${target.pathname}${target.search}${target.hash}`
}

/** The platform's own address of what was opened through the gateway: what people copy there is the gateway's. */
export function fromGateway(url: string, gateway = process.env.PLATFORM_GATEWAY): string {
  const door = gateway && `${gateway.replace(/\/+$/, '')}/`
  return door && url.startsWith(door) ? `https://${url.slice(door.length)}` : url
}

export function createPlatformHttp({
  gateway,
  observe,
}: {
  gateway: string | undefined
  observe?: (event: HttpEvent) => void
}): PlatformHttp {
  return {
    async send(request) {
      const address = new URL(request.url)
      for (const [name, value] of Object.entries(request.query ?? {})) address.searchParams.set(name, value)
      const startedAt = performance.now()
      const { outcome, status } = await exchange(request, throughGateway(address.href, gateway ?? ''))
      observe?.({
        method: request.method,
        host: address.host,
        path: address.pathname,
        outcome: outcome.kind,
        status,
        latencyMs: Math.round(performance.now() - startedAt),
      })
      return outcome
    },
  }
}

async function exchange(
  request: PlatformRequest,
  url: string,
): Promise<{ outcome: HttpOutcome; status: number | null }> {
  const { authorization, headers, raw } = request
  const secrets = [...(request.secrets ?? []), ...(authorization ? [authorization.token] : [])]
  let response: Response
  let text: string
  try {
    response = await fetch(url, {
      method: request.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(request.timeoutMs),
      headers: {
        ...headers,
        ...(raw ? { 'content-type': raw.mimeType } : {}),
        ...(authorization ? { authorization: `${authorization.scheme} ${authorization.token}` } : {}),
      },
      ...bodyOf(request),
    })
    const answered = await response.text()
    // A good answer may carry the very token that was sent (an exchange): only refusals are scrubbed.
    text = response.ok ? answered : scrub(answered, secrets)
  } catch (error) {
    return { outcome: outcomeOfFailure(error, request.timeoutMs), status: null }
  }

  const { status } = response
  const body = jsonOrText(text)
  if (status === 429) {
    const retryAfterMs = retryAfter(response.headers.get('retry-after'))
    const message = 'The platform answered 429: too many requests.'
    return {
      status,
      outcome: {
        kind: 'unsent',
        code: 'platform_busy',
        message,
        ...(retryAfterMs === null ? {} : { retryAfterMs }),
      },
    }
  }
  if (status >= 500) {
    const message = `The platform answered ${status}.`
    return { status, outcome: { kind: 'unknown', code: 'platform_server_error', message, body } }
  }
  return { status, outcome: { kind: 'answered', status, headers: response.headers, body } }
}

function bodyOf({ form, file, raw }: PlatformRequest): { body?: BodyInit } {
  if (raw) return { body: raw.bytes }
  if (file) {
    const multipart = new FormData()
    for (const [name, value] of Object.entries(form ?? {})) multipart.set(name, value)
    multipart.set(file.field, new Blob([file.bytes], { type: file.mimeType }), file.name)
    return { body: multipart }
  }
  return form ? { body: new URLSearchParams(form) } : {}
}

function jsonOrText(text: string): unknown {
  try {
    return parseLossless(text)
  } catch {
    // An HTML error page or half a document: the status decides, the text is kept for the record.
    return text.slice(0, 2000)
  }
}

// No byte of the request can have left before these (Node and undici error codes).
const NO_NAME = new Set(['ENOTFOUND', 'EAI_AGAIN'])
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

function outcomeOfFailure(error: unknown, timeoutMs: number): HttpOutcome {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    const message = `The platform gave no answer within ${timeoutMs / 1000} s.`
    return { kind: 'unknown', code: 'platform_timeout', message, body: null }
  }
  const codes = failureCodes(error)
  if (codes.length > 0 && codes.every((code) => NO_NAME.has(code))) {
    return {
      kind: 'unsent',
      code: 'platform_not_found',
      message: 'The name of the platform did not resolve.',
    }
  }
  if (codes.length > 0 && codes.every((code) => NO_CONNECTION.has(code) || NO_NAME.has(code))) {
    return {
      kind: 'unsent',
      code: 'platform_unreachable',
      message: `No connection to the platform (${codes[0]}).`,
    }
  }
  const message = `The connection to the platform broke (${codes[0] ?? 'no reason given'}).`
  return { kind: 'unknown', code: 'platform_connection_lost', message, body: null }
}

/** Every code below a failed fetch: two addresses of one name fail each for their own reason. */
function failureCodes(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  if (error instanceof AggregateError) return error.errors.flatMap(failureCodes)
  if (error.cause instanceof Error) return failureCodes(error.cause)
  return 'code' in error && typeof error.code === 'string' ? [error.code] : []
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | null): number | null {
  if (!header) return null
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms)) : null
}
