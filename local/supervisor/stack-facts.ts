import { databaseUrl } from '#local/postgres/start.ts'
import type { Ports } from './ports.ts'
import type { Secrets } from './secrets.ts'

/** Everything that the parts of one stack must agree on. */
export type StackFacts = {
  folder: string
  durable: boolean
  ports: Ports
  secrets: Secrets
  siteUrl: string
  apiUrl: string
  /** Of role `postgres`. */
  databaseUrl: string
  inboxUrl: string
  smtpUrl: string
  sandboxUrl: string
}

export function stackFacts(folder: string, durable: boolean, ports: Ports, secrets: Secrets): StackFacts {
  // Always this spelling: a cookie set for 127.0.0.1 is not sent to localhost.
  const at = (port: number) => `http://127.0.0.1:${port}`
  return {
    folder,
    durable,
    ports,
    secrets,
    siteUrl: at(ports.web),
    apiUrl: at(ports.api),
    databaseUrl: databaseUrl(ports.database),
    inboxUrl: at(ports.inbox),
    smtpUrl: `smtp://127.0.0.1:${ports.smtp}`,
    sandboxUrl: at(ports.sandbox),
  }
}
