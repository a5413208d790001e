import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { assemblePorts } from './assemble.ts'
import { readEnvironment, secretsOf } from './environment.ts'
import { type Health, reasonsNotReady, serveHealth } from './health.ts'
import { createLog } from './log.ts'
import { readLatePermalinks } from './permalinks.ts'
import { connectRecords } from './records/sql.ts'
import { createWorkers } from './records/workers.ts'
import { repeat } from './repeat.ts'
import { startQueueRunner } from './runner.ts'
import { takeCareOfConnections } from './secrets/upkeep.ts'
import { deleteBrands } from './tasks/delete-brands.ts'
import { purgeMedia } from './tasks/purge-media.ts'
import { createTasks } from './tasks/tasks.ts'
import { startWatch } from './watch.ts'

/** Together below the 30 s after which platforms kill what they asked to end. */
const DRAIN_MS = 25_000
const FAREWELL_MS = 3_000
/** What many jobs ask at a time goes together; few connections keep their plans at hand. */
const CONNECTIONS = 4
const HOUSEKEEPING_MS = 10 * 60_000
const UPKEEP_MS = 60_000
const PERMALINKS_MS = 20_000

const environment = readEnvironmentOrExit()
const log = createLog(undefined, secretsOf(environment))
const sql = connectRecords(environment.DATABASE_URL, { max: CONNECTIONS })
const ports = assemblePorts(environment, sql, log)

const workers = createWorkers(sql)
const watch = startWatch(workers, {
  sweepMs: environment.PUBLISH_SWEEP_MS,
  keyIds: ports.vault.keyIds,
  log,
})
const queue = startQueueRunner({
  databaseUrl: environment.DATABASE_URL,
  tasks: createTasks(ports, `${hostname()}:${process.pid}`),
  log,
  onWorkerId: (workerId) => watch.beatAs(workerId),
})
const stopping = new AbortController()
const housekeeping = repeat('housekeeping', HOUSEKEEPING_MS, log, async () => {
  await purgeMedia(ports, stopping.signal)
  await deleteBrands(ports, stopping.signal)
  await workers.unlockAnniversaries()
})
housekeeping.now()
const upkeep = repeat('upkeep', UPKEEP_MS, log, () => takeCareOfConnections(ports, stopping.signal))
upkeep.now()
const permalinks = repeat('permalinks', PERMALINKS_MS, log, () => readLatePermalinks(ports, stopping.signal))
const health = await serveHealthOrExit()
log.info(
  { gateway: environment.PLATFORM_GATEWAY ?? null, health_port: health?.port ?? null },
  'worker started',
)

process.once('SIGTERM', drain)
process.once('SIGINT', drain)

/** What is under way is finished, what is not begun stays for others; a second signal ends it at once. */
async function drain(signal: NodeJS.Signals) {
  log.info({ signal }, 'draining')
  process.once('SIGTERM', () => process.exit(1))
  process.once('SIGINT', () => process.exit(1))
  stopping.abort()
  const drained = await Promise.race([queue.stop().then(() => true), wait(DRAIN_MS, false)])
  if (!drained) log.error('jobs did not finish in time; their leases will end, and others take over')
  // What hangs here holds no job any more.
  await Promise.race([farewell(), wait(FAREWELL_MS)])
  log.info('drained')
  process.exit(drained ? 0 : 1)
}

async function farewell() {
  await Promise.all([
    watch.stop(),
    housekeeping.stop(),
    upkeep.stop(),
    permalinks.stop(),
    health?.close(),
    ports.files.clear(),
  ])
  ports.mailer.close()
  await sql.end({ timeout: 1 })
}

/** Nowhere, where no port is set. */
async function serveHealthOrExit(): Promise<Health | null> {
  const port = environment.WORKER_HEALTH_PORT
  if (port === undefined) return null
  try {
    return await serveHealth(port, () =>
      reasonsNotReady({ isDraining: stopping.signal.aborted, beatAgeMs: watch.beatAgeMs() }),
    )
  } catch (error) {
    log.fatal({ err: error }, `WORKER_HEALTH_PORT: nothing can be served on ${port}`)
    process.exit(1)
  }
}

function readEnvironmentOrExit() {
  try {
    return readEnvironment(process.env)
  } catch (error) {
    createLog().fatal(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}
