import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { TestProject } from 'vitest/node'
import { applyMigrations } from '#local/api/database/migrations.ts'
import { prepareDatabase } from '#local/api/database/prepare.ts'
import { databaseUrl, startPostgres, superuser } from '#local/postgres/start.ts'
import { removeAbandoned } from '#local/supervisor/abandoned.ts'
import { projectFolder, reachableFolder, temporaryFolder } from '#local/supervisor/folder.ts'
import { freePorts } from '#local/supervisor/ports.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the run's one Postgres, whose database `postgres` is the template. */
    databasePort: number
    /** What that Postgres says. */
    databaseLog: string
    /** GET it for the run's one whole stack, as `npm run stack -- --json` describes it. */
    wholeStackDoor: string
  }
}

/** Before all files: one Postgres with the migrations applied once. After all: everything gone. */
export default async function setUpRun(project: TestProject) {
  const folder = temporaryFolder()
  await removeAbandoned(folder, console.error)
  const { database: port } = await freePorts()
  const logFile = path.join(folder, 'postgres.log')
  const postgres = await startPostgres({
    dataDir: path.join(folder, 'postgres'),
    port,
    durable: false,
    reachableFolder: reachableFolder(),
    logFile,
  })
  const ownerUrl = databaseUrl(port)
  await prepareDatabase({ superuserUrl: databaseUrl(port, superuser), ownerUrl })
  await applyMigrations({ projectFolder, ownerUrl })
  project.provide('databasePort', port)
  project.provide('databaseLog', logFile)

  const wholeStack = await openWholeStackDoor()
  project.provide('wholeStackDoor', wholeStack.url)

  return async () => {
    await wholeStack.close()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Files run in processes of their own, and whoever comes first needs the stack started for all. */
async function openWholeStackDoor() {
  let stack: ReturnType<typeof startWholeStack> | undefined
  const server = createServer(async (_request, response) => {
    stack ??= startWholeStack()
    response.end(await stack.description.catch((error: Error) => JSON.stringify({ failure: error.message })))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await stack?.stop()
      server.closeAllConnections()
      server.close()
    },
  }
}

function startWholeStack() {
  const child = spawn(process.execPath, ['local/stack.ts', '--json', '--ephemeral', '--web'], {
    cwd: projectFolder,
    // An unknown outcome settles in a blink, and a killed worker's lease ends while a test watches.
    env: { PUBLISH_SETTLE_SCALE: '0.01', PUBLISH_LEASE_MS: '3000', PUBLISH_SWEEP_MS: '500', ...process.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const gone = once(child, 'exit')
  const firstLine = once(createInterface(child.stdout), 'line').then(([line]) => String(line))
  const failed = gone.then(() => Promise.reject(new Error(`The whole stack did not start:\n${complaints}`)))
  failed.catch(() => {})
  return {
    description: Promise.race([firstLine, failed]),
    async stop() {
      child.stdin.end()
      await gone
    },
  }
}
