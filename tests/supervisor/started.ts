import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { ApiKeys } from '#local/api/keys.ts'
import { identityOf } from '#local/process/identity.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { portsFrom, refuseBusyPorts } from '#local/supervisor/ports.ts'
import { RunFile } from '#local/supervisor/run-file.ts'
import { until } from '#tests/support/until.ts'

const runFile = z.object({ parts: z.array(z.object({ name: z.string(), pid: z.number() })) })
const keysFile = z.custom<ApiKeys>()

export type StartChoices = {
  dataFolder?: string
  firstPort: number
  flags?: string[]
  /** Another checkout, and who starts it. */
  cwd?: string
  uid?: number
  gid?: number
}

/** `npm start` as its user sees it: what it says, what it serves, and how it ends. */
export function start({ dataFolder, firstPort, flags = [], cwd = projectFolder, ...account }: StartChoices) {
  const data = dataFolder === undefined ? [] : ['--data', dataFolder]
  const child = spawn(
    process.execPath,
    ['local/supervisor/main.ts', 'start', '--port', String(firstPort), '--no-demo', ...data, ...flags],
    { cwd, ...account, env: { ...process.env, HOME: cwd }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk
    })
  }
  const exit = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  return {
    pid: child.pid,
    said: () => said,
    exit,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Waits for the table of addresses; gives the seconds it took by its own clock. */
    async ready(): Promise<number> {
      const [, seconds] = await until(
        'Copydesk to be ready',
        async () => {
          if (child.exitCode !== null) throw new Error(`It ended instead:\n${said}`)
          return /ready \(([\d.]+) s\)/.exec(said)
        },
        120_000,
      )
      return Number(seconds)
    },
    saying: (words: string) => until(`it to say "${words}"`, async () => said.includes(words), 60_000),
  }
}

export function keysIn(dataFolder: string): ApiKeys {
  return keysFile.parse(JSON.parse(readFileSync(path.join(dataFolder, 'keys.json'), 'utf8')))
}

/** The processes that a stack wrote down, by the names it gives them. */
export function partsIn(dataFolder: string): Map<string, number> {
  const file = path.join(dataFolder, 'run.json')
  if (!existsSync(file)) return new Map()
  const { parts } = runFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  return new Map(parts.map(({ name, pid }) => [name, pid]))
}

export function pidOf(name: string, dataFolder: string): number {
  const pid = partsIn(dataFolder).get(name)
  // Never a 0 by default: to `kill` that is the test run itself.
  if (pid === undefined) throw new Error(`No part is named "${name}".`)
  return pid
}

export function isAlive(pid: number): boolean {
  return identityOf(pid) !== undefined
}

export function newDataFolder(): string {
  const folder = mkdtempSync('/tmp/copydesk-test-')
  chmodSync(folder, 0o755)
  return folder
}

/** Whatever a failed test left running goes with its data. */
export async function removeDataFolder(folder: string): Promise<void> {
  await new RunFile(folder).takeOver(() => {})
  rmSync(folder, { recursive: true, force: true })
}

export async function sixFreePorts(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000)
    try {
      await refuseBusyPorts(portsFrom(first))
      return first
    } catch {
      // One of the six is in use: the next throw of the dice.
    }
  }
}
