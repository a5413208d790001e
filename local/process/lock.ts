import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { identityOf, type ProcessIdentity, stillRuns } from './identity.ts'

const identity = z.object({ pid: z.number(), startedAt: z.string() })

/** Does `work` while no other process of this machine does work under the same file; says once that it waits. */
export async function withLock<Result>(
  file: string,
  sayWaiting: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  let said = false
  while (!take(file)) {
    if (!said) sayWaiting()
    said = true
    await wait(200)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify(identityOf(process.pid)), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = readHolder(file)
    // What cannot be read is a holder between making the file and writing into it, or gone again.
    if (holder && !stillRuns(holder)) rmSync(file, { force: true })
    return false
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return identity.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
