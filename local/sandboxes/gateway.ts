import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { readBody } from './body.ts'
import { type Calls, type RecordedCall, withoutSecrets } from './calls.ts'
import type { Faults, Taken, Verdict } from './faults.ts'
import type { IncomingCall, Platform } from './platform.ts'

/** Headers that belong to the hop to us, not to the platform. */
const HOP_HEADERS = ['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding']

type LateCommit = Extract<Verdict, { kind: 'late_commit' }>

/**
 * Stands where the platforms stand: `/<host>/<path>` is the platform's `https://<host>/<path>`.
 * Faults act here, on the wire, so that a platform's own code never knows that it misbehaves.
 */
export class Gateway {
  readonly #platforms: Map<string, Platform>
  readonly #faults: Faults
  readonly #calls: Calls
  /** Commits whose client has gone; flushed when the sandbox stops, as a real platform would finish them. */
  readonly #late = new Map<NodeJS.Timeout, () => Promise<void>>()
  readonly #inFlight = new Set<Promise<Response>>()
  readonly #closing = new AbortController()

  constructor(platforms: readonly Platform[], faults: Faults, calls: Calls) {
    this.#platforms = new Map(platforms.flatMap((platform) => platform.hosts.map((host) => [host, platform])))
    this.#faults = faults
    this.#calls = calls
  }

  async handle(request: Request, bindings: HttpBindings): Promise<Response> {
    const answer = this.#handle(request, bindings)
    this.#inFlight.add(answer)
    try {
      return await answer
    } finally {
      this.#inFlight.delete(answer)
    }
  }

  /** Ends every wait: what was accepted is committed, what was not is forgotten. Call it with the sockets closed. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.allSettled(this.#inFlight)
    const waiting = [...this.#late]
    this.#late.clear()
    for (const [timer, commit] of waiting) {
      clearTimeout(timer)
      await commit()
    }
  }

  async #handle(request: Request, { incoming, outgoing }: HttpBindings): Promise<Response> {
    const url = new URL(request.url)
    const [, host = '', ...rest] = url.pathname.split('/')
    const platform = this.#platforms.get(host)
    if (!platform) return new Response(`The sandbox has no platform at ${host}.\n`, { status: 502 })

    const path = `/${rest.join('/')}`
    const { method, headers } = request
    const record = this.#calls.open({ host, method, path })
    const startedAt = performance.now()
    const destroy = () => {
      incoming.socket.resetAndDestroy()
      record.outcome = 'dropped'
      return RESPONSE_ALREADY_SENT
    }

    try {
      const unread: IncomingCall = { host, method, path, query: url.searchParams, headers, fields: {} }
      const atFirst = platform.subjectOf(unread)
      record.account_id = atFirst.accountId
      const down = this.#faults.takeDown({ host, method, path, ...atFirst })
      if (down) {
        record.faults.push(down)
        return destroy()
      }

      const bytes = await request.arrayBuffer()
      const { fields, files } = await readBody(headers.get('content-type'), bytes)
      const call: IncomingCall = { ...unread, fields }
      record.query = Object.fromEntries(
        Object.entries(withoutSecrets(url.searchParams)).map(([name, value]) => [name, String(value)]),
      )
      record.body = { ...withoutSecrets(Object.entries(fields)), ...files }
      const subject = platform.subjectOf(call)
      record.account_id = subject.accountId

      const taken = this.#faults.take({ host, method, path, ...subject })
      record.faults.push(...taken.ids)
      const arrived = taken.verdict?.kind === 'cut' ? bytes.slice(0, taken.verdict.bytes) : bytes
      const carryOut = () => this.#carryOut(platform, call, url.search, arrived, taken, record)

      await this.#wait(taken.latencyMs.before)
      if (taken.verdict?.kind === 'late_commit') {
        const gone = new Promise<void>((resolve) => outgoing.once('close', resolve))
        return await this.#answerLate(taken.verdict, gone, carryOut, record, platform, destroy)
      }
      const whole = await this.#answer(taken.verdict, carryOut, platform, record)
      const answer = whole && (await withoutFields(whole, taken.withoutFields))
      await this.#wait(taken.latencyMs.after)
      if (!answer) return destroy()
      record.status = answer.status
      record.outcome = 'answered'
      record.error ??= await errorIn(answer, platform)
      return answer
    } catch (error) {
      // The client left while it was sending, or the sandbox stops: a platform would say nothing either.
      if (!this.#closing.signal.aborted && (!incoming.destroyed || incoming.complete)) throw error
      record.outcome = 'abandoned'
      return RESPONSE_ALREADY_SENT
    } finally {
      record.duration_ms = Math.round(performance.now() - startedAt)
    }
  }

  /** @returns the answer, or null where the socket closes in its place */
  async #answer(
    verdict: Exclude<Verdict, LateCommit> | null,
    carryOut: () => Promise<Response>,
    platform: Platform,
    record: RecordedCall,
  ): Promise<Response | null> {
    if (!verdict) return carryOut()
    if ('accept' in verdict && verdict.accept === 'after') await carryOut()
    switch (verdict.kind) {
      case 'drop':
        return null
      case 'cut':
        await carryOut()
        return null
      case 'server_error':
        return verdict.body === 'html'
          ? htmlError(verdict.status)
          : platform.refuse({ kind: 'server_error', status: verdict.status }, record.account_id)
      case 'rate_limit':
        return platform.refuse(
          {
            kind: 'rate_limit',
            status: verdict.status,
            code: verdict.code,
            ...(verdict.retry_after_s !== undefined && { retryAfterS: verdict.retry_after_s }),
            ...(verdict.regain_minutes !== undefined && { regainMinutes: verdict.regain_minutes }),
          },
          record.account_id,
        )
      case 'error':
        return platform.refuse(
          {
            kind: 'error',
            status: verdict.status,
            code: verdict.code,
            ...(verdict.subcode !== undefined && { subcode: verdict.subcode }),
            ...(verdict.message !== undefined && { message: verdict.message }),
            ...(verdict.is_transient !== undefined && { isTransient: verdict.is_transient }),
          },
          record.account_id,
        )
      default:
        return platform.refuse(verdict, record.account_id)
    }
  }

  async #answerLate(
    fault: LateCommit,
    clientGone: Promise<void>,
    carryOut: () => Promise<Response>,
    record: RecordedCall,
    platform: Platform,
    destroy: () => Response,
  ): Promise<Response> {
    if (fault.answer === 'hang')
      await Promise.race([clientGone, sleep(fault.hang_ms, undefined, { ref: false })])
    const commit = async () => {
      await carryOut()
      record.outcome = 'late'
    }
    const timer = setTimeout(() => {
      this.#late.delete(timer)
      commit().catch((error: unknown) => console.error('The sandbox lost a late commit.', error))
    }, fault.after_ms)
    this.#late.set(timer, commit)

    const answer =
      fault.answer === 'hang'
        ? destroy()
        : platform.refuse({ kind: 'server_error', status: 504 }, record.account_id)
    if (fault.answer === 'gateway_timeout') record.status = 504
    record.outcome = 'late'
    return answer
  }

  async #wait(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.#closing.signal })
  }

  async #carryOut(
    platform: Platform,
    call: IncomingCall,
    search: string,
    bytes: ArrayBuffer,
    taken: Taken,
    record: RecordedCall,
  ): Promise<Response> {
    const headers = new Headers(call.headers)
    for (const name of HOP_HEADERS) headers.delete(name)
    const request = new Request(`https://${call.host}${call.path}${search}`, {
      method: call.method,
      headers,
      ...(bytes.byteLength > 0 && { body: bytes }),
      redirect: 'manual',
    })
    const answer = await platform.answer(request, taken.conditions)
    record.accepted = answer.status < 400
    record.error = await errorIn(answer, platform)
    return answer
  }
}

/** Leaves fields out of a good answer and of each row in it, as platforms do without a word. */
async function withoutFields(answer: Response, fields: readonly string[]): Promise<Response> {
  if (fields.length === 0 || answer.status >= 400) return answer
  const kept = JSON.stringify(await answer.json(), (name, value: unknown) =>
    fields.includes(name) ? undefined : value,
  )
  return new Response(kept, { status: answer.status, headers: answer.headers })
}

async function errorIn(answer: Response, platform: Platform) {
  if (answer.status < 400 || !answer.headers.get('content-type')?.includes('json')) return null
  return platform.errorOf(await answer.clone().json())
}

/** What a load balancer says when there is nothing behind it: no JSON, no code. */
function htmlError(status: number): Response {
  return new Response('<!DOCTYPE html><html><body><h1>Sorry, something went wrong.</h1></body></html>', {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })
}
