import { setTimeout as wait } from 'node:timers/promises'
import { type ProcessIdentity, stillRuns } from './identity.ts'

/** A worker finishes what it began to publish. */
const patienceMs = 30_000

/** Ends a process that is no child of ours: asks first, then insists. */
export async function endProcess(one: ProcessIdentity, signal: NodeJS.Signals): Promise<void> {
  const deadline = Date.now() + patienceMs
  if (stillRuns(one)) process.kill(one.pid, signal)
  while (stillRuns(one)) {
    if (Date.now() > deadline) process.kill(one.pid, 'SIGKILL')
    await wait(20)
  }
}
