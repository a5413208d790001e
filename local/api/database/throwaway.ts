import { rmSync } from 'node:fs'
import path from 'node:path'
import { databaseUrl, startPostgres, superuser } from '#local/postgres/start.ts'
import { reachableFolder, temporaryFolder } from '#local/supervisor/folder.ts'
import { freePorts } from '#local/supervisor/ports.ts'
import { prepareDatabase } from './prepare.ts'

/** Runs `use` on an empty Supabase database of its own, without migrations, that is gone afterwards. */
export async function withThrowawayDatabase<Result>(
  use: (ownerUrl: string) => Promise<Result>,
): Promise<Result> {
  const folder = temporaryFolder()
  const { database: port } = await freePorts()
  const postgres = await startPostgres({
    dataDir: path.join(folder, 'postgres'),
    port,
    durable: false,
    reachableFolder: reachableFolder(),
    logFile: path.join(folder, 'postgres.log'),
  })
  try {
    const ownerUrl = databaseUrl(port)
    await prepareDatabase({ superuserUrl: databaseUrl(port, superuser), ownerUrl })
    return await use(ownerUrl)
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
