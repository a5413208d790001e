import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { runMigrations } from 'graphile-worker'
import postgres from 'postgres'

export type Preparation = {
  /** Of the bootstrap superuser. */
  superuserUrl: string
  /** Of role `postgres`, which owns what migrations make. */
  ownerUrl: string
}

/** Makes an empty Postgres a Supabase one: roles, schemas, lite's tables, the queue. Quick when all is there. */
export async function prepareDatabase({ superuserUrl, ownerUrl }: Preparation): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {} })
  try {
    const fingerprint = await preparationFingerprint()
    const [done] = await sql<{ fingerprint: string | null }[]>`
      select obj_description(to_regnamespace('extensions'), 'pg_namespace') as fingerprint`
    if (done?.fingerprint === fingerprint) return

    if (done?.fingerprint === undefined || done.fingerprint === null) {
      const [first, second] = await Promise.all([sqlFile('bootstrap.sql'), sqlFile('schemas.sql')])
      await sql.unsafe(`begin; ${first} ${second} alter database postgres owner to postgres; commit;`)
    }
    const parts = [
      await systemTables(),
      await sqlFile('owners.sql'),
      await sqlFile('../corrections/caller-functions.sql'),
    ]
    await sql.unsafe(`begin; ${parts.join('\n')} commit;`)
    // Our migrations' functions call graphile_worker.add_job: the queue comes first, under the same owner.
    await runMigrations({ connectionString: ownerUrl })
    await sql.unsafe(`comment on schema extensions is '${fingerprint}'`)
  } finally {
    await sql.end()
  }
}

/** lite's tables of Auth and Storage. It would make them itself at every start, as whoever it connects as. */
async function systemTables(): Promise<string> {
  // Loaded only where it is needed: it is large, and a warm start does without.
  const { getAuthSchemaSql, getStorageSchemaSql } = await import('@supabase/lite')
  return `${getAuthSchemaSql()}\n${getStorageSchemaSql()}`
}

/** Changes when lite, the queue or our SQL does; everything after the bootstrap is then done again. */
async function preparationFingerprint(): Promise<string> {
  const hash = createHash('sha256')
  const root = path.resolve(import.meta.dirname, '../../..')
  for (const file of [
    path.join(root, 'node_modules/@supabase/lite/package.json'),
    path.join(root, 'node_modules/graphile-worker/package.json'),
    path.join(import.meta.dirname, 'owners.sql'),
    path.join(import.meta.dirname, '../corrections/caller-functions.sql'),
  ]) {
    hash.update(await readFile(file))
  }
  return hash.digest('hex')
}

function sqlFile(name: string): Promise<string> {
  return readFile(path.join(import.meta.dirname, name), 'utf8')
}
