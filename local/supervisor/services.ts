import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { startPostgres } from '#local/postgres/start.ts'
import { apiEnvironment, webEnvironment, workerEnvironment } from './environments.ts'
import { projectFolder, reachableFolder } from './folder.ts'
import { answers, launchNode, type Service } from './service.ts'
import type { StackFacts } from './stack-facts.ts'

function inProject(file: string): string {
  return path.join(projectFolder, file)
}

/** A part's own log of this run; that of the run before stays beside it. */
function logFile(stack: StackFacts, name: string): string {
  const folder = path.join(stack.folder, 'logs')
  const file = path.join(folder, `${name}.log`)
  mkdirSync(folder, { recursive: true })
  if (existsSync(file)) renameSync(file, path.join(folder, `${name}.previous.log`))
  writeFileSync(file, '')
  return file
}

export function databaseService(stack: StackFacts): Service {
  const log = logFile(stack, 'postgres')
  return {
    name: 'The database',
    stopSignal: 'SIGINT',
    logFile: log,
    async start() {
      const { process } = await startPostgres({
        dataDir: path.join(stack.folder, 'postgres'),
        port: stack.ports.database,
        durable: stack.durable,
        reachableFolder: reachableFolder(),
        logFile: log,
      })
      return process
    },
    isReady: async () => true, // startPostgres waits for that
  }
}

export function apiService(stack: StackFacts): Service {
  const log = logFile(stack, 'api')
  const health = `${stack.apiUrl}/auth/v1/settings?apikey=${stack.secrets.publishableKey}`
  return {
    name: 'The Supabase API with mail',
    logFile: log,
    start: () =>
      launchNode({
        arguments: [inProject('local/supervisor/api-process.ts')],
        environment: apiEnvironment(stack),
        cwd: projectFolder,
        logFile: log,
      }),
    isReady: () => answers(health),
  }
}

export function sandboxService(stack: StackFacts): Service {
  const log = logFile(stack, 'sandbox')
  const data = path.join(stack.folder, 'sandbox')
  return {
    name: 'The platform sandbox',
    logFile: log,
    start: () =>
      launchNode({
        arguments: [
          inProject('local/sandboxes/server.ts'),
          '--port',
          String(stack.ports.sandbox),
          '--data',
          data,
        ],
        environment: process.env,
        cwd: projectFolder,
        logFile: log,
      }),
    isReady: () => answers(stack.sandboxUrl),
  }
}

export function workerService(stack: StackFacts): Service {
  const log = logFile(stack, 'worker')
  let logLength = 0
  return {
    name: 'The worker',
    logFile: log,
    start() {
      logLength = readFileSync(log, 'utf8').length
      return launchNode({
        arguments: [inProject('worker/index.ts')],
        environment: workerEnvironment(stack),
        cwd: projectFolder,
        logFile: log,
      })
    },
    // It serves nothing that could be asked, and ends before this line if something is missing.
    isReady: async () => readFileSync(log, 'utf8').slice(logLength).includes('"worker started"'),
  }
}

export function webService(stack: StackFacts, mode: 'start' | 'dev'): Service {
  const log = logFile(stack, 'web')
  const next = inProject('node_modules/next/dist/bin/next')
  return {
    name: 'The web app',
    logFile: log,
    start: () =>
      launchNode({
        arguments: [next, mode, '--hostname', '127.0.0.1', '--port', String(stack.ports.web)],
        environment: webEnvironment(stack),
        cwd: projectFolder,
        // Whoever changes the code wants to see what the compiler says.
        ...(mode === 'start' ? { logFile: log } : {}),
      }),
    isReady: () => answers(`${stack.siteUrl}/api/health`),
  }
}

/** A checkout without them is a checkout under construction: the rest of the stack is of use all the same. */
export const hasWorker = () => existsSync(inProject('worker/index.ts'))
