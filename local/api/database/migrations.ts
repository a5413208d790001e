import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import postgres from 'postgres'
import { supabaseCli } from './supabase-cli.ts'

export type Migrations = {
  /** The folder that holds supabase/. */
  projectFolder: string
  /** Of role `postgres`. */
  ownerUrl: string
}

/** Applies supabase/migrations with the Supabase CLI, as `supabase db push` does to a hosted project. */
export async function applyMigrations({ projectFolder, ownerUrl }: Migrations): Promise<void> {
  const files = await migrationFiles(projectFolder)
  const applied = await appliedMigrations(ownerUrl)
  for (const { version, statements } of applied) {
    const file = files.find((candidate) => candidate.version === version)
    if (!file || essence(file.sql) !== essence(statements.join('')))
      throw new HistoryDiffers(file?.name ?? version)
  }
  // The CLI takes a second to find out that nothing is to do.
  if (applied.length < files.length) {
    await supabaseCli([
      'migration',
      'up',
      '--include-all',
      '--workdir',
      projectFolder,
      `--remote=${ownerUrl}`,
      '--yes',
    ])
  }
}

/** A database made by other migrations than these files: no migration can be right for it. */
export class HistoryDiffers extends Error {
  constructor(migration: string) {
    super(
      `Migration ${migration} was applied here and has changed since. ` +
        'Start over with `npm start -- --fresh`, or put the file back.',
    )
  }
}

async function migrationFiles(projectFolder: string) {
  const folder = path.join(projectFolder, 'supabase/migrations')
  const names = (await readdir(folder)).filter((name) => /^\d+_.*\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => ({
      name,
      version: name.slice(0, name.indexOf('_')),
      sql: await readFile(path.join(folder, name), 'utf8'),
    })),
  )
}

async function appliedMigrations(ownerUrl: string) {
  const sql = postgres(ownerUrl, { max: 1 })
  try {
    const [history] = await sql`select to_regclass('supabase_migrations.schema_migrations') as found`
    if (history?.found === null) return []
    return await sql<{ version: string; statements: string[] }[]>`
      select version, coalesce(statements, '{}') as statements
        from supabase_migrations.schema_migrations order by version`
  } finally {
    await sql.end()
  }
}

/** The CLI keeps a file's statements apart from the blanks and semicolons between them. */
function essence(sql: string): string {
  return sql.replace(/[\s;]+/g, '')
}
