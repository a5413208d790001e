import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { generateTypes } from '#local/api/database/generate-types.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { expect, test } from '#tests/support/test.ts'

test('the checked-in database types are those of the migrations (npm run types)', async ({ backend }) => {
  const checkedIn = await readFile(path.join(projectFolder, 'lib/supabase/database.types.ts'), 'utf8')
  expect(await generateTypes(backend.databaseUrl)).toBe(checkedIn)
})
