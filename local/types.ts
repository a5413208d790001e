import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { generateTypes } from '#local/api/database/generate-types.ts'
import { applyMigrations } from '#local/api/database/migrations.ts'
import { prepareDatabase } from '#local/api/database/prepare.ts'
import { databaseUrl, startPostgres, superuser } from '#local/postgres/start.ts'
import { projectFolder, reachableFolder, temporaryFolder } from '#local/supervisor/folder.ts'
import { freePorts } from '#local/supervisor/ports.ts'

/** `npm run types`: writes the types of what the migrations make, from a database that is thrown away. */
const file = path.join(projectFolder, 'lib/supabase/database.types.ts')
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
  await applyMigrations({ projectFolder, ownerUrl })
  writeFileSync(file, await generateTypes(ownerUrl))
} finally {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
console.log('Wrote lib/supabase/database.types.ts.')
