import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { supabaseCli } from './supabase-cli.ts'

const biome = path.resolve(import.meta.dirname, '../../../node_modules/.bin/biome')

/** TypeScript types of schema public, as lib/supabase/database.types.ts holds them. */
export async function generateTypes(ownerUrl: string): Promise<string> {
  // Our own Postgres speaks no TLS, and the CLI would warn of that on the same stdout.
  const types = await supabaseCli([
    'gen',
    'types',
    `--remote=${ownerUrl}?sslmode=disable`,
    '--schema',
    'public',
  ])
  // One column a line, so that a migration's commit shows what it changed.
  return execFileSync(biome, ['format', '--stdin-file-path=types.ts'], { input: types, encoding: 'utf8' })
}
