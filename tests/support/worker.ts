import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { META_SANDBOX_APP } from '#local/sandboxes/server.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { newSecrets } from '#local/supervisor/secrets.ts'
import type { Backend } from './backend.ts'
import { until } from './until.ts'

export type WorkerProcess = {
  pid: number
  /** What it said so far. */
  log(): string
  /** Ends it as a crash does. */
  kill(): Promise<void>
  /** Ends it as a deployment does. */
  stop(): Promise<void>
}

/** Several workers of one backend share the keys that tokens are sealed with. */
const { secretsKeys } = newSecrets()

/** What worker/index.ts reads, for this backend; timing as tests want it. */
export function workerEnvironment(backend: Backend, sandboxUrl: string): Record<string, string> {
  return {
    SITE_URL: backend.siteUrl,
    SUPABASE_URL: backend.api.url,
    SUPABASE_PUBLISHABLE_KEY: backend.api.publishableKey,
    SUPABASE_SECRET_KEY: backend.api.secretKey,
    DATABASE_URL: backend.databaseUrl,
    SMTP_URL: backend.smtpUrl,
    MAIL_FROM: 'Copydesk <desk@copydesk.example>',
    PLATFORM_GATEWAY: sandboxUrl,
    META_APP_ID: META_SANDBOX_APP.id,
    META_APP_SECRET: META_SANDBOX_APP.secret,
    SECRETS_KEYS: secretsKeys,
    PUBLISH_SETTLE_SCALE: '0.01',
    PUBLISH_LEASE_MS: '2000',
    PUBLISH_SWEEP_MS: '300',
  }
}

/** The real worker in a process of its own. */
export async function startWorker(environment: Record<string, string>): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['worker/index.ts'], {
    cwd: projectFolder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk
    })
  }
  const gone = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await gone
  }
  await until('the worker to start', async () => {
    if (child.exitCode !== null) throw new Error(`The worker ended at once:\n${said}`)
    return said.includes('worker started')
  }).catch((error) => {
    child.kill('SIGKILL')
    throw error
  })
  if (child.pid === undefined) throw new Error('The worker has no process.')
  return { pid: child.pid, log: () => said, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}
