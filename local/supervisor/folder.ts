import { createHash } from 'node:crypto'
import { accessSync, chmodSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { canReach, databaseAccount } from '#local/postgres/account.ts'

/** The checkout this code lies in. */
export const projectFolder = path.resolve(import.meta.dirname, '../..')

/** Where one stack keeps what must outlive it. */
export type DataFolder = {
  path: string
  /** What to tell about it, if it is not where people look first. */
  note?: string
}

const parts = ['postgres', 'storage', 'sandbox', 'logs', 'keys.json', 'seeded', 'run.json']

/** `.local/` in the checkout, unless the account that runs Postgres cannot get there. */
export function durableFolder(chosen: string | undefined): DataFolder {
  const wanted = path.resolve(chosen ?? path.join(projectFolder, '.local'))
  makeReachable(wanted)
  if (canReach(databaseAccount(), wanted)) return { path: wanted }

  const digest = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  const elsewhere = path.join('/var/lib/copydesk', digest)
  makeReachable(elsewhere)
  return {
    path: elsewhere,
    note: `The account that runs Postgres for root cannot enter ${wanted}: the data is in ${elsewhere}.`,
  }
}

/** A folder for one run, with the pid of its owner in its name. */
export function temporaryFolder(): string {
  const base = canReach(databaseAccount(), tmpdir()) ? tmpdir() : '/tmp'
  const folder = mkdtempSync(path.join(base, `copydesk-${process.pid}-`))
  chmodSync(folder, 0o755)
  return folder
}

/** Where Postgres' binaries may be copied to, for an account that cannot reach ours. */
export function reachableFolder(): string {
  return path.join(canReach(databaseAccount(), tmpdir()) ? tmpdir() : '/tmp', 'copydesk-binaries')
}

/** Starts over: everything a stack wrote there goes, anything else stays. */
export function emptyFolder(folder: string): void {
  for (const part of parts) rmSync(path.join(folder, part), { recursive: true, force: true })
}

function makeReachable(folder: string): void {
  try {
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true })
      // Whatever the umask: Postgres' own folder inside is 0700 and belongs to its account.
      if (process.getuid?.() === 0) chmodSync(folder, 0o755)
    }
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new Error(
      `This account may not write to ${folder}. Correct its owner, or keep the data elsewhere: ` +
        'npm start -- --data <folder>',
      { cause: error },
    )
  }
}
