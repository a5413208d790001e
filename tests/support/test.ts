import postgres from 'postgres'
import { inject, test as plainTest } from 'vitest'
import { startSandbox } from '#local/sandboxes/server.ts'
import { foundAgency } from './agency.ts'
import { openBackend } from './backend.ts'
import { mailsOf } from './mails.ts'
import { newClient, signUp } from './people.ts'
import { startWorker, type WorkerProcess, workerEnvironment } from './worker.ts'

export { expect } from 'vitest'

/**
 * A test on real parts: each file has its own database, API and mailbox, made when a test first asks for one.
 * Tests of a file share them, so each makes its own people and brands.
 */
/* biome-ignore-start lint/correctness/noEmptyPattern: vitest reads what a fixture needs from this pattern */
export const test = plainTest
  .extend('backend', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { backend, close } = await openBackend(inject('databasePort'))
    onCleanup(close)
    return backend
  })
  /** Postgres as role `postgres`, past row security: for looking behind the curtain, and for the clock. */
  .extend('db', { scope: 'file' }, async ({ backend }, { onCleanup }) => {
    const db = postgres(backend.databaseUrl, { max: 4, onnotice: () => {} })
    onCleanup(() => db.end({ timeout: 1 }))
    return db
  })
  /** Address and keys of the Supabase API. */
  .extend('api', { scope: 'file' }, async ({ backend }) => backend.api)
  /** The Data API as someone who has not signed in. */
  .extend('anon', { scope: 'file' }, async ({ backend }) => newClient(backend.api))
  /** The Data API with the secret key. */
  .extend('service', { scope: 'file' }, async ({ backend }) => newClient(backend.api, backend.api.secretKey))
  /** Makes a person: `const ines = await signUp('Ines Duarte')`. */
  .extend(
    'signUp',
    { scope: 'file' },
    async ({ backend }) =>
      (name: string) =>
        signUp(backend.api, name),
  )
  /** Founds an agency: `const agency = await foundAgency()`. */
  .extend(
    'foundAgency',
    { scope: 'file' },
    async ({ db, signUp }) =>
      (name?: string) =>
        foundAgency({ db, signUp }, name),
  )
  /** What was mailed: `await mails.next(ines.email, 'sign-in link')`. */
  .extend('mails', { scope: 'file' }, async ({ backend }) => mailsOf(backend.inboxUrl))
  /** The platforms' sandbox, of this file alone. */
  .extend('sandbox', { scope: 'file' }, async ({}, { onCleanup }) => {
    const sandbox = await startSandbox({ port: 0 })
    onCleanup(() => sandbox.stop())
    return sandbox
  })
  /** Starts the real worker on this file's backend and sandbox; it ends with the test. */
  .extend('startWorker', async ({ backend, sandbox }, { onCleanup }) => {
    const started: WorkerProcess[] = []
    onCleanup(async () => {
      for (const worker of started) await worker.kill()
    })
    return async (changed: Record<string, string> = {}) => {
      const worker = await startWorker({ ...workerEnvironment(backend, sandbox.url), ...changed })
      started.push(worker)
      return worker
    }
  })
/* biome-ignore-end lint/correctness/noEmptyPattern: as above */
