import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'

/** A part of the stack that runs until the stack stops. */
export type Service = {
  /** As progress lines name it: "The database". */
  name: string
  start(): ChildProcess | Promise<ChildProcess>
  isReady(): Promise<boolean>
  logFile: string
  /** Postgres' fast shutdown is SIGINT; everyone else gets SIGTERM. */
  stopSignal?: StopSignal
}

export type StopSignal = 'SIGTERM' | 'SIGINT'

export type Launch = {
  arguments: string[]
  environment: NodeJS.ProcessEnv
  cwd: string
  /** Where its output goes; to the terminal if there is none. */
  logFile?: string
}

/** Starts this Node with other arguments, in a process group of its own: Ctrl-C is the supervisor's to handle. */
export function launchNode({ arguments: given, environment, cwd, logFile }: Launch): ChildProcess {
  const output = logFile === undefined ? ('inherit' as const) : openSync(logFile, 'a')
  const child = spawn(process.execPath, given, {
    cwd,
    env: environment,
    detached: true,
    stdio: ['ignore', output, output],
  })
  if (typeof output === 'number') closeSync(output)
  return child
}

export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000), redirect: 'manual' })
    await response.body?.cancel()
    return response.status < 500
  } catch {
    return false
  }
}

export function lastLines(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-12).join('\n')
}
