import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type DatabaseAccount, databaseAccount } from './account.ts'
import { postgresBinaries } from './binaries.ts'
import { stopOrphan } from './orphan.ts'

export type PostgresOptions = {
  dataDir: string
  port: number
  /** False trades safety against a power cut for speed: only for databases that are thrown away. */
  durable: boolean
  /** Where a copy of the binaries may go if the database account cannot reach ours. */
  reachableFolder: string
  /** What the server says is appended here. */
  logFile: string
}

export type Postgres = {
  process: ChildProcess
  /** Fast shutdown: open transactions are rolled back, everything committed is kept. */
  stop(): Promise<void>
}

/** The bootstrap superuser, as on hosted Supabase; migrations and the worker use `postgres`, which is none. */
export const superuser = 'supabase_admin'
export const password = 'postgres'

export function databaseUrl(port: number, role: string = 'postgres', database: string = 'postgres'): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`
}

/** Starts Postgres on the loopback address alone; the folder above `dataDir` exists and is within reach. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const account = databaseAccount()
  const binaries = postgresBinaries(account, options.reachableFolder)
  initialise(binaries, account, options)
  await stopOrphan(options.dataDir)

  for (let attempt = 1; ; attempt++) {
    const child = launch(binaries, account, options)
    const outcome = await untilReadyOrGone(child, options)
    if (outcome === 'ready') return { process: child, stop: () => stop(child) }
    const reason = lastLines(options.logFile)
    // Sessions of a killed server take a moment to notice, and hold its shared memory until then.
    if (attempt === 20 || !/shared memory block|lock file/.test(reason)) {
      throw new Error(`Postgres did not start:\n${reason}`)
    }
    await wait(250)
  }
}

function launch(binaries: string, account: DatabaseAccount, options: PostgresOptions): ChildProcess {
  const log = openSync(options.logFile, 'a')
  const child = spawn(path.join(binaries, 'bin/postgres'), serverArguments(options), {
    ...account,
    env: { ...process.env, LC_ALL: 'C' },
    cwd: '/',
    // Its own process group: Ctrl-C reaches whoever started us, who stops the parts in order.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  return child
}

function serverArguments({ dataDir, port, durable }: PostgresOptions): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'max_connections=200',
    'shared_preload_libraries=pg_stat_statements',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
  return ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
}

function initialise(binaries: string, account: DatabaseAccount, { dataDir, durable }: PostgresOptions): void {
  if (existsSync(dataDir)) return
  // Made beside its place and moved there when complete: an interrupted start leaves no half database.
  const half = `${dataDir}.half`
  const passwordFile = `${dataDir}.password`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(half, account.uid, account.gid)
    chownSync(passwordFile, account.uid, account.gid)
  }
  const { status, stderr } = spawnSync(
    path.join(binaries, 'bin/initdb'),
    [
      ...['-D', half, '-U', superuser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      // The builtin provider sorts alike on every system, whatever locales it has.
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...(durable ? [] : ['--no-sync']),
    ],
    { ...account, env: { ...process.env, LC_ALL: 'C' }, cwd: '/', encoding: 'utf8' },
  )
  rmSync(passwordFile, { force: true })
  if (status !== 0) throw new Error(`The database could not be created in ${dataDir}:\n${stderr}`)
  renameSync(half, dataDir)
}

/** The server writes its state into the last line of postmaster.pid; pg_ctl reads it there too. */
async function untilReadyOrGone(
  child: ChildProcess,
  { dataDir }: PostgresOptions,
): Promise<'ready' | 'gone'> {
  let gone = false
  child.once('exit', () => {
    gone = true
  })
  child.once('error', () => {
    gone = true
  })
  const statusFile = path.join(dataDir, 'postmaster.pid')
  // No time limit: after a crash the server replays its log first, which takes as long as it takes.
  while (!gone) {
    const [pid, , , , , , , state] = existsSync(statusFile)
      ? readFileSync(statusFile, 'utf8').split('\n')
      : []
    if (Number(pid) === child.pid && state?.trim() === 'ready') return 'ready'
    await wait(10)
  }
  return 'gone'
}

function lastLines(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGINT')
  await gone
}
