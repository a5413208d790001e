import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** A process, told apart from a later one that got the same number; its title may change while it runs. */
export type ProcessIdentity = { pid: number; startedAt: string }

export function identityOf(pid: number): ProcessIdentity | undefined {
  const startedAt = existsSync('/proc/self/stat') ? startedOnLinux(pid) : startedElsewhere(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

export function stillRuns({ pid, startedAt }: ProcessIdentity): boolean {
  return identityOf(pid)?.startedAt === startedAt
}

/** Clock ticks since the boot; proc(5), field 22. */
function startedOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything; the fields after it start with the state.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // One that ended and was not yet waited for runs no more.
    return state === 'Z' ? undefined : fields[18]
  } catch {
    return undefined
  }
}

function startedElsewhere(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
