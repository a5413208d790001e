import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { permissions, roles } from './roles.ts'

const matrix = readFileSync(
  path.resolve(import.meta.dirname, '../../supabase/migrations/20261124000100_foundations.sql'),
  'utf8',
)
const rows = [...matrix.matchAll(/^ {2}\('([a-z_.]+)',\s+'([a-z_ ]+)'\)/gm)].filter(
  ([row]) => row.includes('owner') || row.includes('client'),
)

test('the app knows the permissions of the matrix, no more and no fewer', () => {
  const agencyWide = /^(tenant|staff|brands|catalogue)\./
  const named = rows
    .map(([, permission]) => permission ?? '')
    .filter((permission) => !agencyWide.test(permission))
  expect([...permissions].sort()).toEqual(named.sort())
})

test('the app knows the roles of the matrix', () => {
  const named = new Set(rows.flatMap(([, , list]) => (list ?? '').split(' ')))
  named.delete('staff') // the agency's own list
  expect([...roles].sort()).toEqual([...named].sort())
})
