import postgres from 'postgres'
import { databaseUrl } from '#local/postgres/start.ts'
import type { Statement } from './capture.ts'
import type { Caller } from './people.ts'

/** A connection that prepares each statement once, as PostgREST does, and tells what the server spent on it. */
export type Session = { spend(caller: Caller, statement: Statement): Promise<number>; end(): Promise<void> }

/** Through the policies: connected as PostgREST is, with the role and claims it sets. */
export function callerSession(port: number, database?: string): Session {
  return openSession(databaseUrl(port, 'authenticator', database), 'authenticated')
}

/** As the owner of the tables, past row security, with the same claims for the defaults that ask who it is. */
export function ownerSession(port: number): Session {
  return openSession(databaseUrl(port), 'postgres')
}

function openSession(url: string, role: string): Session {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const prepared = new Map<string, string>()
  return {
    async spend(caller, { text, values }) {
      const name = prepared.get(text) ?? `s${prepared.size}`
      const given = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')
      await sql`begin`
      await become(sql, role, caller)
      if (!prepared.has(text)) await sql.unsafe(`prepare ${name} as ${text}`)
      prepared.set(text, name)
      const call = values.length > 0 ? `${name}(${given})` : name
      const [row] = await sql.unsafe(`explain (analyze, timing off, format json) execute ${call}`)
      // A write is measured again on the same rows.
      await sql`rollback`
      const [plan] = row?.['QUERY PLAN'] ?? []
      return plan['Planning Time'] + plan['Execution Time']
    },
    end: () => sql.end({ timeout: 1 }),
  }
}

export async function become(sql: postgres.ISql, role: string, { id }: Pick<Caller, 'id'>) {
  const claims = JSON.stringify({ sub: id, role: 'authenticated' })
  await sql`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${claims}, true)`
}

/** Both in turn, so that whatever else the machine does falls on both alike. */
export async function takeTurns(
  one: () => Promise<number>,
  other: () => Promise<number>,
  { rounds = 200, longestMs = 5000 } = {},
): Promise<[one: number[], other: number[]]> {
  const spent: [number[], number[]] = [[], []]
  // Plans are settled after five calls.
  for (let round = 0; round < 8; round++) {
    await one()
    await other()
  }
  const deadline = Date.now() + longestMs
  while (spent[0].length < rounds && (Date.now() < deadline || spent[0].length < 15)) {
    spent[0].push(await one())
    spent[1].push(await other())
  }
  return spent
}
