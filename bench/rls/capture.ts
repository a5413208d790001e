import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import type { Db } from '#lib/supabase/db.ts'
import { newApiKeys } from '#local/api/keys.ts'
import { startApi } from '#local/api/start.ts'
import { databaseUrl, superuser } from '#local/postgres/start.ts'
import { signUp } from '#tests/support/people.ts'
import type { BenchDatabase } from '../database.ts'

/** As the Data API sent it; parameters in the order of their numbers. */
export type Statement = { text: string; values: string[] }

/** What the Data API sends about a table while `ask` runs. */
export type Capture = (table: string, ask: (db: Db) => PromiseLike<unknown>) => Promise<Statement[]>

/**
 * The product's own queries, asked through the local API by a manager of the brand, read from the server's log: a
 * query that changes in lib is measured as it then is.
 */
export async function withCapture<Result>(
  { port, folder, logFile }: BenchDatabase,
  brandId: string,
  use: (capture: Capture) => Promise<Result>,
): Promise<Result> {
  const admin = postgres(databaseUrl(port, superuser), { max: 1 })
  await admin`alter role authenticator set log_statement = 'all'`
  const keys = newApiKeys()
  const api = await startApi({
    databaseUrl: databaseUrl(port, 'authenticator'),
    ownerUrl: databaseUrl(port),
    port: 0,
    keys,
    siteUrl: 'http://127.0.0.1:3000',
    storageFolder: path.join(folder, 'storage'),
    mailer: { send: async () => {} },
  })
  try {
    const person = await signUp({ url: api.url, ...keys }, 'Ines Caldeira')
    await admin`insert into brand_members (user_id, brand_id, role) values (${person.id}, ${brandId}, 'manager')`
    return await use(async (table, ask) => {
      const before = statSync(logFile).size
      await ask(person.client)
      return statementsIn(tail(logFile, before)).filter(({ text }) => text.includes(`"public"."${table}"`))
    })
  } finally {
    await api.stop()
    await admin`alter role authenticator reset log_statement`
    await admin.end()
  }
}

function tail(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString()
}

function statementsIn(log: string): Statement[] {
  const pairs = log.matchAll(/ execute <unnamed>: (.+)\n(?:.* DETAIL: {2}Parameters: (.+))?/g)
  return [...pairs].map(([, text = '', parameters = '']) => ({
    text,
    values: [...parameters.matchAll(/\$\d+ = '((?:[^']|'')*)'/g)].map(([, value = '']) =>
      value.replaceAll("''", "'"),
    ),
  }))
}
