import { rmSync } from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import { applyMigrations } from '#local/api/database/migrations.ts'
import { prepareDatabase } from '#local/api/database/prepare.ts'
import { databaseUrl, startPostgres, superuser } from '#local/postgres/start.ts'
import { projectFolder, reachableFolder, temporaryFolder } from '#local/supervisor/folder.ts'
import { freePorts } from '#local/supervisor/ports.ts'

export type BenchDatabase = { port: number; folder: string; logFile: string }

/** As a server of 8 GB is set up, so that what people read every day is in memory; no parallel workers, since they measure how many cores are idle. */
const settings = {
  shared_buffers: '2GB',
  effective_cache_size: '6GB',
  random_page_cost: '1.1',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  max_wal_size: '8GB',
  autovacuum: 'off',
}

/** Runs `use` on a database of its own, with the migrations applied, that is gone afterwards. */
export async function withDatabase<Result>(
  use: (database: BenchDatabase) => Promise<Result>,
): Promise<Result> {
  const folder = temporaryFolder()
  const { database: port } = await freePorts()
  const logFile = path.join(folder, 'postgres.log')
  const start = () =>
    startPostgres({
      dataDir: path.join(folder, 'postgres'),
      port,
      durable: false,
      reachableFolder: reachableFolder(),
      logFile,
    })
  let server = await start()
  const stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const interrupt = () => void stop().then(() => process.exit(1))
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    await configure(port)
    await server.stop()
    server = await start()
    const ownerUrl = databaseUrl(port)
    await prepareDatabase({ superuserUrl: databaseUrl(port, superuser), ownerUrl })
    await applyMigrations({ projectFolder, ownerUrl })
    return await use({ port, folder, logFile })
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
    await stop()
  }
}

async function configure(port: number) {
  const sql = postgres(databaseUrl(port, superuser), { max: 1 })
  for (const [name, value] of Object.entries(settings))
    await sql.unsafe(`alter system set ${name} = '${value}'`)
  await sql.end()
}
