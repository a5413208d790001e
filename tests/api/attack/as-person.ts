import type postgres from 'postgres'
import type { Exposed } from './functions.ts'

export type Verdict = { done: true } | { done: false; code: string; message: string }

/**
 * Calls a function as a person would through the Data API, and takes everything back that it did: the way to learn
 * whether a call would go through, and to try many on one thing.
 */
export async function tryCall(
  db: postgres.Sql,
  personId: string | null,
  { name, args }: Exposed,
  values: Record<string, unknown>,
): Promise<Verdict> {
  const given = args.filter((arg) => arg.name in values)
  const list = given.map((arg, n) => `${arg.name} => $${n + 1}::text::${arg.type}`).join(', ')
  const claims = { sub: personId, role: personId ? 'authenticated' : 'anon' }
  let verdict: Verdict = { done: true }
  await db
    .begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true), set_config('role', ${claims.role}, true)`
      await tx.unsafe(
        `select * from public.${name}(${list})`,
        given.map((arg) => asText(values[arg.name])),
      )
      throw new TakenBack()
    })
    .catch((error: Error & { code?: string }) => {
      if (error instanceof TakenBack) return
      if (!error.code) throw error
      verdict = { done: false, code: error.code, message: error.message }
    })
  return verdict
}

class TakenBack extends Error {}

/** As Postgres reads it: a list of ids as an array, other structures as JSON. */
function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return `{${value.join(',')}}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
