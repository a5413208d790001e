import { setTimeout as wait } from 'node:timers/promises'
import { commandLine } from './command-line.ts'

/** A worker finishes what it began to publish. */
const patienceMs = 30_000

/** Ends a process that is no child of ours: asks first, then insists. */
export async function endProcess(pid: number, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const command = commandLine(pid)
  send(pid, signal)
  for (let waitedMs = 0; commandLine(pid) === command && command !== undefined; waitedMs += 20) {
    if (waitedMs === patienceMs) send(pid, 'SIGKILL')
    await wait(20)
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // Gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
