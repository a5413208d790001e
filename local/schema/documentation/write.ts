import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import { applyMigrations } from '#local/api/database/migrations.ts'
import { withThrowawayDatabase } from '#local/api/database/throwaway.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { documentSchema } from './pages/all.ts'

/** `npm run db:docs`: writes docs/schema from a database that is thrown away. */
const folder = path.join(projectFolder, 'docs/schema')
mkdirSync(folder, { recursive: true })
await withThrowawayDatabase(async (ownerUrl) => {
  await applyMigrations({ projectFolder, ownerUrl })
  const sql = postgres(ownerUrl, { max: 1 })
  for (const [name, text] of await documentSchema(sql)) writeFileSync(path.join(folder, name), text)
  await sql.end()
})
console.log('Wrote docs/schema.')
