import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** How a running process was called; undefined if no such process runs. */
export function commandLine(pid: number): string | undefined {
  if (existsSync('/proc/self/cmdline')) return linuxCommandLine(pid)
  const { status, stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

function linuxCommandLine(pid: number): string | undefined {
  try {
    // A process that ended and was not yet waited for has an empty line here.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined
  } catch {
    return undefined
  }
}
