import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Health = { port: number; close(): Promise<void> }

/**
 * `/live` while this process answers at all: to start it again would not bring a database back. `/ready` while it
 * takes work, else 503 with every reason why not.
 */
export async function serveHealth(port: number, reasonsAgainst: () => string[]): Promise<Health> {
  const server = createServer((request, response) => {
    const say = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(`${JSON.stringify(body)}\n`)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, { status: 'GET only' })
    const { pathname } = new URL(request.url ?? '/', 'http://worker')
    if (pathname === '/live') return say(200, { status: 'live' })
    if (pathname !== '/ready') return say(404, { status: 'there are /live and /ready' })
    const reasons = reasonsAgainst()
    return reasons.length === 0 ? say(200, { status: 'ready' }) : say(503, { status: 'not ready', reasons })
  })
  server.listen(port)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port, // an address of TCP, since it listens on a port
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

const SILENT_MS = 10_000

/** Why a worker takes no work now; empty: it does. */
export function reasonsNotReady(state: { isDraining: boolean; beatAgeMs: number | null }): string[] {
  return [
    ...(state.isDraining ? ['it is draining'] : []),
    ...(state.beatAgeMs === null ? ['the queue has not started yet'] : []),
    ...(state.beatAgeMs !== null && state.beatAgeMs > SILENT_MS
      ? [`the database has not answered for ${Math.round(state.beatAgeMs / 1000)} s`]
      : []),
  ]
}
