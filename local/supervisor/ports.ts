import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** `--port N` names the first; the others follow it. */
const order = ['web', 'api', 'database', 'inbox', 'sandbox', 'smtp'] as const
export type Ports = Record<(typeof order)[number], number>

const uses: Record<keyof Ports, string> = {
  web: 'the web app',
  api: 'the Supabase API',
  database: 'the database',
  inbox: 'the mail inbox',
  sandbox: 'the platform sandbox',
  smtp: 'mail',
}

export function portsFrom(first: number): Ports {
  const numbered = order.map((use, offset) => [use, first + offset])
  return Object.fromEntries(numbered)
}

export async function freePorts(): Promise<Ports> {
  const servers = order.map(() => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const numbers = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return Object.fromEntries(order.map((use, place) => [use, numbers[place]])) as Ports
}

/** Throws the sentence that says which port another program has, and how to move. */
export async function refuseBusyPorts(ports: Ports): Promise<void> {
  for (const use of order) {
    if (await isFree(ports[use])) continue
    throw new Error(
      `Port ${ports[use]}, for ${uses[use]}, is taken by another program. ` +
        `Choose six others with \`npm start -- --port ${ports.web + 100}\`.`,
    )
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
