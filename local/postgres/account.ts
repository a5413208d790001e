import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Who the database server runs as; empty means as ourselves. */
export type DatabaseAccount = { uid?: number; gid?: number }

/** Postgres refuses to run as root, so root lends it an account that every Linux has. */
export function databaseAccount(): DatabaseAccount {
  if (process.getuid?.() !== 0) return {}
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(
    'Postgres does not run as root, and this system has neither a "postgres" nor a "nobody" account. ' +
      'Run as an ordinary user, or add one: useradd --system postgres',
  )
}

/** Whether `account` gets through every folder above `folder`. */
export function canReach(account: DatabaseAccount, folder: string): boolean {
  if (account.uid === undefined) return true
  return spawnSync('test', ['-x', folder], { ...account, cwd: '/' }).status === 0
}
