import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { commandLine } from './command-line.ts'

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
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = Number(readHolder(file))
    // An empty file is a holder between making it and writing into it.
    if (holder > 0 && commandLine(holder) === undefined) rmSync(file, { force: true })
    return false
  }
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
