import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import { applyMigrations } from '#local/api/database/migrations.ts'
import { withThrowawayDatabase } from '#local/api/database/throwaway.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { exportSchema } from './files.ts'

/** `npm run db:export`: writes the schema that the migrations make, from a database that is thrown away. */
const folder = path.join(projectFolder, 'supabase/schema')
mkdirSync(folder, { recursive: true })
await withThrowawayDatabase(async (ownerUrl) => {
  await applyMigrations({ projectFolder, ownerUrl })
  const sql = postgres(ownerUrl, { max: 1 })
  for (const [name, content] of await exportSchema(sql)) {
    writeFileSync(path.join(folder, name), content)
    console.log(`Wrote supabase/schema/${name}: ${content.split('\n').length - 1} lines.`)
  }
  await sql.end()
})
