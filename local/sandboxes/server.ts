import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { Calls } from './calls.ts'
import { Clock } from './clock.ts'
import { ControlError, createControl } from './control.ts'
import { Faults } from './faults.ts'
import { Gateway } from './gateway.ts'
import { createMeta } from './meta/index.ts'
import { showPage } from './page.ts'
import type { Ground } from './platform.ts'
import { Settings } from './settings.ts'
import { Store } from './store.ts'

export { META_SANDBOX_APP } from './meta/facts.ts'

interface SandboxOptions {
  /** 0 takes any free port. */
  port: number
  host?: string
  /** Where browsers reach it, if not at host and port. */
  publicUrl?: string
  /** Without one, everything is forgotten at the end. */
  dataDir?: string
}

export interface RunningSandbox {
  /** What PLATFORM_GATEWAY is set to. */
  url: string
  stop(): Promise<void>
}

/** Starts every platform behind one gateway: `/<host>/<path>` is that platform's `https://<host>/<path>`. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { port, host = '127.0.0.1', publicUrl, dataDir } = options
  const store = new Store(dataDir)
  const ground: Ground = { store, clock: new Clock(), settings: new Settings(store) }
  const platforms = [createMeta(ground).platform]
  const faults = new Faults()
  const calls = new Calls()
  const gateway = new Gateway(platforms, faults, calls)

  const app = new Hono<{ Bindings: HttpBindings }>()
  app.route('/_sandbox', createControl({ ground, faults, calls, platforms }))
  app.get('/', () =>
    showPage(
      { title: 'Platforms' },
      html`<main><h1>Published in the sandbox</h1>${platforms.map((platform) => platform.home())}</main>`,
    ),
  )
  app.all('/*', (c) => gateway.handle(c.req.raw, c.env))
  app.onError((error, c) => {
    if (error instanceof ControlError) return c.json({ error: error.message }, 400)
    console.error('The sandbox failed.', error)
    return c.text('The sandbox itself failed; its log says how.\n', 500)
  })

  const server = createAdaptorServer({ fetch: app.fetch, autoCleanupIncoming: false })
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    store.close()
    throw error
  }

  return {
    url: publicUrl ?? `http://${host}:${boundPort(server.address())}`,
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await gateway.close()
      await closed
      for (const platform of platforms) platform.close()
      store.close()
    },
  }
}

function boundPort(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The sandbox listens on no port.')
  return address.port
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '3004' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      'public-url': { type: 'string' },
    },
  })
  const sandbox = await startSandbox({
    port: Number(values.port),
    host: values.host,
    ...(values.data !== undefined && { dataDir: values.data }),
    ...(values['public-url'] !== undefined && { publicUrl: values['public-url'] }),
  })
  console.log(`sandbox ready at ${sandbox.url}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void sandbox.stop().then(() => process.exit(0))
    })
}
