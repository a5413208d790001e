import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { generateTypes } from '#local/api/database/generate-types.ts'
import { applyMigrations } from '#local/api/database/migrations.ts'
import { withThrowawayDatabase } from '#local/api/database/throwaway.ts'
import { projectFolder } from '#local/supervisor/folder.ts'

/** `npm run types`: writes the types of what the migrations make, from a database that is thrown away. */
const file = path.join(projectFolder, 'lib/supabase/database.types.ts')
await withThrowawayDatabase(async (ownerUrl) => {
  await applyMigrations({ projectFolder, ownerUrl })
  writeFileSync(file, await generateTypes(ownerUrl))
})
console.log('Wrote lib/supabase/database.types.ts.')
