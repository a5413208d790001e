import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import { applyMigrations } from '#local/api/database/migrations.ts'
import { withThrowawayDatabase } from '#local/api/database/throwaway.ts'
import { projectFolder } from '#local/supervisor/folder.ts'
import { compareWithPlan, countsOf, planPage } from '../plan/page.ts'
import { readCatalog } from './catalog.ts'
import { exportSchema } from './files.ts'

/** `npm run db:export`: writes the schema that the migrations make, from a database that is thrown away. */
await withThrowawayDatabase(async (ownerUrl) => {
  await applyMigrations({ projectFolder, ownerUrl })
  const sql = postgres(ownerUrl, { max: 1 })
  for (const [name, content] of await exportSchema(sql)) write(`supabase/schema/${name}`, content)

  const comparison = compareWithPlan(await readCatalog(sql))
  write('docs/schema/plan.md', planPage(comparison))
  const { planTables, planColumns, tables, columns, differences } = countsOf(comparison)
  console.log(
    `The plan: ${planTables} tables, ${planColumns} columns. Here: ${tables} tables, ${columns} columns, ${differences} differences.`,
  )
  await sql.end()
})

function write(file: string, content: string): void {
  const place = path.join(projectFolder, file)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, content)
  console.log(`Wrote ${file}: ${content.split('\n').length - 1} lines.`)
}
