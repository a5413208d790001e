import type postgres from 'postgres'
import type { Backend } from '#tests/support/backend.ts'
import { type Person, signUp } from '#tests/support/people.ts'

/** By the role they begin in, on the first brand; some are on the second too. */
export const roles = [
  'owner',
  'manager',
  'creator',
  'otherCreator',
  'analyst',
  'approver',
  'viewer',
  'outsider',
] as const
export type Role = (typeof roles)[number]
export type Cast = Record<Role, Person>

/** Who stands on which brand besides the owner: [role of brand_members, on the first, on the second]. */
export const membership = {
  manager: ['manager', true, true],
  creator: ['creator', true, true],
  otherCreator: ['creator', true, false],
  analyst: ['analyst', true, false],
  approver: ['client_approver', true, true],
  viewer: ['client_viewer', true, false],
} as const

export async function gatherCast(api: Backend['api']): Promise<Cast> {
  const people = await Promise.all(roles.map(async (role) => [role, await signUp(api, role)] as const))
  // One entry a role, by construction.
  return Object.fromEntries(people) as Cast
}

/** Runs `act` in one transaction as the person, with the claims that the Data API sets. */
export function asPerson<Answer>(
  db: postgres.Sql,
  person: Person,
  act: (as: postgres.TransactionSql) => Promise<Answer>,
) {
  return db.begin(async (transaction) => {
    const claims = JSON.stringify({ sub: person.id, role: 'authenticated' })
    await transaction`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`
    return act(transaction)
  })
}
